// One kernel for a minute: whether a device stays as fast as it began, and what the guest adds meanwhile.
import { compareElements, defineBenchmark } from 'guestmark';
import { expectedResults, multiplyAdds } from '../parts/multiply-add.ts';
import { orbitFrom, QUADRATIC_CONSTANT } from '../parts/multiply-add-orbit.ts';

/** The same at every length: enough invocations for a large GPU, few enough loops for a software device. */
const SHAPE = 1;
const LAUNCH = { invocations: 2 ** 19, loops: 4, width: 1, chains: 12, shape: SHAPE, WORKGROUP_SIZE: 256 };

export default defineBenchmark({
  name: 'stability',
  summary: 'One kernel for so many seconds: drift, throttling, and whether delays go with steal',
  kind: 'throughput',
  category: 'host',
  explanation: {
    method:
      'The kernel of fma-f32, always the same work, sampled for as long as the axis says whatever the spread. The report has device time, wall time beyond it and steal as series over time; from them the drift of the device time in per cent a minute, the time from which on it stays 5 % above that of the first tenth, and the rank correlation of the wall time beyond the device with the steal of each sample.',
    limit:
      'On a GPU its clocks, which fall with temperature and power; on a software device the CPUs and what else runs on them. A drift is known no better than the noise within a span of one sixtieth allows, and a span of seconds says little of minutes.',
    verification:
      'Every element, exactly: the last values of all chains and the sum of one over all loops, before timing and after it.',
    sources: [
      'P. K. Sen, "Estimates of the Regression Coefficient Based on Kendall\'s Tau", 1968: the slope and its interval',
    ],
  },
  axes: { seconds: [60] },
  suites: { host: { seconds: [5] }, full: { seconds: [60] } },
  requires: ({ seconds }) => (seconds > 0 && seconds <= 600 ? null : 'seconds is not between 0 and 600'),
  lastsNs: ({ seconds }) => seconds * 1e9,
  buffers: { result: { type: 'f32', elements: () => LAUNCH.invocations, fill: 'poison' } },
  work: () => [
    {
      op: 'dispatch',
      shader: 'fma-f32',
      constants: { WORKGROUP_SIZE: LAUNCH.WORKGROUP_SIZE, CHAINS: LAUNCH.chains, SHAPE },
      push: { loops: LAUNCH.loops, a: 1, b: 1, c: QUADRATIC_CONSTANT },
      groups: [LAUNCH.invocations / LAUNCH.WORKGROUP_SIZE, 1, 1],
    },
  ],
  flops: () => 2 * multiplyAdds(LAUNCH),
  verify: (_, { outputs }) => {
    const expected = expectedResults<number>(LAUNCH.invocations, {
      components: LAUNCH.chains,
      orbitFrom: (place) => orbitFrom(place, SHAPE, LAUNCH.loops),
      total: (values) => values.reduce((sum, value) => sum + value, 0),
    });
    return compareElements(
      'result',
      outputs.result as Float32Array,
      (i) => expected[i % expected.length] as number,
    );
  },
});
