// What the metrics of a report are called in Prometheus: base units spelled out, ratios as ratios, and a help text each. A
// metric that is added to the report is missed by the compiler here.
import { METRIC_UNITS, type MetricId } from '../report/metric-units.ts';
import type { Metric } from '../report/report.ts';

interface Named {
  /** Without the unit. */
  readonly name: string;
  readonly help: string;
  /** Of bounds, and of what is counted, there is no interval. */
  readonly hasInterval: boolean;
}

const interval = (name: string, help: string): Named => ({ name, help, hasInterval: true });
const single = (name: string, help: string): Named => ({ name, help, hasInterval: false });

const NAMES: Readonly<Record<MetricId, Named>> = {
  gpuTime: interval('gpu_time', 'Device time of one iteration: the median over runs of their medians.'),
  wallTime: interval('wall_time', 'Wall time of one iteration in this guest, not corrected.'),
  cpuTime: interval('cpu_time', 'CPU time of the measuring thread in one iteration.'),
  correctedWallTime: interval(
    'corrected_wall_time',
    'Wall time of one iteration without stolen time: low and high are bounds.',
  ),
  correctedWallMean: interval(
    'corrected_wall_mean',
    'Mean wall time of the samples without stolen time: low and high are bounds.',
  ),
  submitTime: interval('submit_time', 'Wall time inside of vkQueueSubmit.'),
  queueTime: interval('queue_time', 'From the end of vkQueueSubmit to the start on the device.'),
  wakeUpTime: interval('wake_up_time', 'From the end on the device until the wait returned.'),
  runQueueWait: interval('run_queue_wait', 'Run-queue wait of the measuring thread in one iteration.'),
  throttledTime: interval('throttled_time', 'At most so much of the run-queue wait was a CPU quota.'),
  wallTimeP5: interval('wall_time_p5', '5 % quantile of the wall time of one iteration, all runs together.'),
  wallTimeP95: interval(
    'wall_time_p95',
    '95 % quantile of the wall time of one iteration, all runs together.',
  ),
  wallTimeP99: interval(
    'wall_time_p99',
    '99 % quantile of the wall time of one iteration, all runs together.',
  ),
  wallTimeMax: single('wall_time_max', 'The longest wall time of one iteration that was seen.'),
  ownTime: interval('own_time', 'What guestmark itself adds to an operation; contained in its times.'),
  cpuShare: interval('cpu_share', 'CPU time of the measuring thread divided by wall time.'),
  runQueueShare: interval('run_queue_share', 'Run-queue wait of the measuring thread divided by wall time.'),
  switchesPerSample: interval('switches_per_sample', 'Voluntary context switches of a sample.'),
  gpuInterrupts: interval('gpu_interrupts_per_sample', 'Interrupts of the GPU during a sample.'),
  bandwidth: interval('bandwidth', 'What an iteration moves over its time.'),
  arithmetic: interval('arithmetic', 'What an iteration computes over its time.'),
  itemRate: interval('items', 'Items of an iteration over its time; the benchmark says what they are.'),
  itemTime: interval('item_time', 'Time of one item of an iteration.'),
  roofShare: interval('roof_share', 'The rate over the roofline of the same report.'),
  stealLow: single('steal_low', 'At least so much of the time of the samples was stolen.'),
  stealHigh: single('steal_high', 'At most so much of the time of the samples was stolen.'),
};

const UNITS: Readonly<Record<Metric['unit'], { readonly suffix: string; readonly divisor: number }>> = {
  ns: { suffix: '_seconds', divisor: 1e9 },
  'B/s': { suffix: '_bytes_per_second', divisor: 1 },
  'FLOP/s': { suffix: '_floating_point_operations_per_second', divisor: 1 },
  '1/s': { suffix: '_per_second', divisor: 1 },
  ratio: { suffix: '_ratio', divisor: 1 },
  count: { suffix: '', divisor: 1 },
};

/** A family of series that one metric of the report becomes. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly value: (metric: Metric) => number;
}

/** The families of a metric: its value, and where it has an interval both ends; none of an unknown metric. */
export function metricFamilies(id: string): readonly MetricFamily[] {
  return FAMILIES.get(id) ?? [];
}

/** All families, in the order in which they are written. */
export function allMetricFamilies(): readonly MetricFamily[] {
  return [...FAMILIES.values()].flat();
}

const FAMILIES: ReadonlyMap<string, readonly MetricFamily[]> = new Map(
  (Object.keys(NAMES) as MetricId[]).map((id) => [id, familiesOf(NAMES[id], METRIC_UNITS[id])]),
);

function familiesOf({ name, help, hasInterval }: Named, unit: Metric['unit']): readonly MetricFamily[] {
  const { suffix, divisor } = UNITS[unit];
  const family = (part: string, which: string, pick: (metric: Metric) => number): MetricFamily => ({
    name: `guestmark_${name}${part}${suffix}`,
    help: which === '' ? help : `${which} of guestmark_${name}${suffix}.`,
    value: (metric) => pick(metric) / divisor,
  });
  const value = family('', '', (metric) => metric.value);
  if (!hasInterval) return [value];
  return [
    value,
    family('_low', 'Low end of the 95 % interval, or the lower bound,', (metric) => metric.low),
    family('_high', 'High end of the 95 % interval, or the upper bound,', (metric) => metric.high),
  ];
}
