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
  | 'wallTimeP5'
  | 'wallTimeP95'
  | 'wallTimeP99'
  | 'wallTimeMax'
  | 'ownTime'
  | 'cpuShare'
  | 'runQueueShare'
  | 'switchesPerSample'
  | 'gpuInterrupts'
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
  wallTimeP5: 'ns',
  wallTimeP95: 'ns',
  wallTimeP99: 'ns',
  wallTimeMax: 'ns',
  ownTime: 'ns',
  cpuShare: 'ratio',
  runQueueShare: 'ratio',
  switchesPerSample: 'count',
  gpuInterrupts: 'count',
  bandwidth: 'B/s',
  arithmetic: 'FLOP/s',
  itemRate: '1/s',
  itemTime: 'ns',
  roofShare: 'ratio',
  stealLow: 'ratio',
  stealHigh: 'ratio',
};
