// Runs whose truth is known, for the tests of parts and undisturbed walls: a simulated thread, and counters that are made up.
import { available } from '../../src/base/availability.ts';
import { type SampledRun, sampledRuns } from '../../src/report/case-samples.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import type { SimulatedThread } from '../../src/timing/snapshot-simulated.ts';
import { DEVICE_NS, run, SUBMIT_NS, WAKE_UP_NS, world } from '../suite/simulated-world.ts';

/** A run with samples, as reports have it. */
export function sampled(result: CaseRun): SampledRun {
  return sampledRuns([result])[0] as SampledRun;
}

/** Samples of the simulated world, with something in the submit call and something behind the wait. */
export async function simulated(
  submit: (thread: SimulatedThread) => void,
  behind: (thread: SimulatedThread) => void = () => undefined,
): Promise<SampledRun> {
  const { session, thread } = world({
    onSubmit: () => {
      thread.run(SUBMIT_NS / 2);
      submit(thread);
      thread.run(SUBMIT_NS / 2);
    },
    onWait: ({ iterations }) => {
      thread.block(iterations * DEVICE_NS + WAKE_UP_NS / 2);
      behind(thread);
      thread.run(WAKE_UP_NS / 2);
    },
  });
  return sampled(await run(session, { kind: 'latency' }));
}

/** What the counter of CPU 0 showed while the samples were taken, and a tick more as the most. */
export function counters(stolenNs: number): CaseRun['samplingSteal'] {
  const steal = { totalNs: stolenNs, perCpuNs: { cpu0: stolenNs }, tickNs: 10e6, note: null };
  return available({ ...steal, cpus: [0], cpusReason: 'pinned', ceilingNs: stolenNs + 10e6 });
}
