// What it takes to read the device's clock beside this machine's, and how well the two are known then: the ground on which
// every one-way time and every queue time stands.
import { allOf, compareElements, defineHostBenchmark, type OperationFigure } from 'guestmark';
import { type DeviceClock, openCalibratedClock } from '../parts/device-clock.ts';
import { exactly, known, quantileOf, type RecentValues, recentValues } from '../parts/recent-values.ts';

export default defineHostBenchmark({
  name: 'calibration',
  summary:
    'Time to read the clock of the device beside that of this machine, and how far apart they are read',
  category: 'host',
  explanation: {
    method:
      'One vkGetCalibratedTimestampsEXT for the device and the clock of this machine. Samples are readings one behind the other, so the smallest step between two of them is no less than a reading takes; the granularity is the greatest common divisor of all steps.',
    limit:
      'The driver: a load of a mapped register takes tens of nanoseconds, a call into the kernel a microsecond, and an access that a hypervisor traps many. The deviation bounds every time of the device on the scale of this machine.',
    verification:
      'No reading of the device is lower than the one before it, and a reading of the clock of this machine lies between two stamps of the same clock around the call.',
    sources: ['Vulkan specification, vkGetCalibratedTimestampsEXT'],
  },
  axes: {},
  suites: { host: {} },
  items: () => 1,
  itemName: 'readings',
  showsItemTime: true,
  operation: (_, host) => {
    const clock = openCalibratedClock('calibration', host);
    const deviations = recentValues();
    const steps = recentValues();
    let backwards = 0;
    return {
      calls: 1,
      run: () => {
        clock.read();
        const step = clock.step();
        if (step < 0) backwards++;
        else if (step > 0) steps.add(step);
        deviations.add(clock.deviationNs());
      },
      verify: (count) => {
        const beforeNs = clock.nowNs();
        clock.read();
        const isOutside = clock.cpuNs() < beforeNs || clock.cpuNs() > clock.nowNs();
        return allOf(
          compareElements('readings', [deviations.count()], [count]),
          compareElements('readings that ran backwards', [backwards], [0]),
          compareElements('readings outside of their stamps', [Number(isOutside)], [0]),
        );
      },
      figures: () => calibrationFigures(clock, deviations, steps),
    };
  },
});

function calibrationFigures(
  { counter, method }: DeviceClock,
  deviations: RecentValues,
  steps: RecentValues,
): readonly OperationFigure[] {
  const deviation = deviations.sorted();
  const step = steps.sorted();
  const none = { available: false, reason: 'the device clock did not move between two readings' } as const;
  const divisor = step.reduce(greatestCommonDivisor, 0) * counter.periodNs;
  const [smallest] = step;
  return [
    {
      id: 'maxDeviationP50',
      label: 'deviation of the two clocks, median',
      unit: 'ns',
      estimate: quantileOf(deviation, 0.5),
      method,
    },
    {
      id: 'maxDeviationP95',
      label: 'deviation of the two clocks, 95th percentile',
      unit: 'ns',
      estimate: quantileOf(deviation, 0.95),
      method,
    },
    {
      id: 'timestampPeriod',
      label: 'stated period of the device clock',
      unit: 'ns',
      estimate: exactly(counter.periodNs),
      method: 'VkPhysicalDeviceLimits::timestampPeriod',
    },
    {
      id: 'granularity',
      label: 'granularity of the device clock',
      unit: 'ns',
      estimate:
        divisor > 0
          ? known({ value: divisor, low: Math.min(divisor, counter.periodNs), high: divisor })
          : none,
      method: 'the greatest common divisor of all steps between readings; at least one period',
    },
    {
      id: 'smallestStep',
      label: 'smallest step of the device clock',
      unit: 'ns',
      estimate: smallest === undefined ? none : exactly(smallest * counter.periodNs),
      method: 'between readings that differ, one behind the other: never less than a reading takes',
    },
  ];
}

function greatestCommonDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller !== 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
