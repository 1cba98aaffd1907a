// Every metric that a case can have, with its unit. Says neither how one is computed nor when it is missing.
import type { Metric } from './report.ts';

/** The id of a metric. */
export type MetricId =
  | 'gpuTime'
  | 'wallTime'
  | 'cpuTime'
  | 'correctedWallTime'
  | 'correctedWallMean'
  | 'submitTime'
  | 'queueTime'
  | 'wakeUpTime'
  | 'runQueueWait'
  | 'throttledTime'
  | 'bandwidth'
  | 'arithmetic'
  | 'itemRate'
  | 'itemTime'
  | 'roofShare'
  | 'stealLow'
  | 'stealHigh';

/** The unit of a metric by its id. */
export const METRIC_UNITS: Readonly<Record<MetricId, Metric['unit']>> = {
  gpuTime: 'ns',
  wallTime: 'ns',
  cpuTime: 'ns',
  correctedWallTime: 'ns',
  correctedWallMean: 'ns',
  submitTime: 'ns',
  queueTime: 'ns',
  wakeUpTime: 'ns',
  runQueueWait: 'ns',
  throttledTime: 'ns',
  bandwidth: 'B/s',
  arithmetic: 'FLOP/s',
  itemRate: '1/s',
  itemTime: 'ns',
  roofShare: 'ratio',
  stealLow: 'ratio',
  stealHigh: 'ratio',
};
