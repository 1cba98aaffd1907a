// The metrics of a case as the page names them: unit, words, and what an axis says. Knows no values.
type MetricUnit = 'ns' | 'B/s' | 'FLOP/s' | '1/s' | 'ratio' | 'count';

interface MetricWords {
  readonly unit: MetricUnit;
  readonly label: string;
}

const METRICS: Readonly<Record<string, MetricWords>> = {
  gpuTime: { unit: 'ns', label: 'device time' },
  wallTime: { unit: 'ns', label: 'wall time' },
  correctedWallTime: { unit: 'ns', label: 'corrected wall time (without steal)' },
  correctedWallMean: { unit: 'ns', label: 'corrected wall time, mean' },
  cpuTime: { unit: 'ns', label: 'CPU time of the measuring thread' },
  submitTime: { unit: 'ns', label: 'submit' },
  queueTime: { unit: 'ns', label: 'queue, until the device began' },
  wakeUpTime: { unit: 'ns', label: 'wake-up' },
  runQueueWait: { unit: 'ns', label: 'run-queue wait' },
  throttledTime: { unit: 'ns', label: 'throttled, at most' },
  wallTimeP5: { unit: 'ns', label: 'wall time, 5 %' },
  wallTimeP95: { unit: 'ns', label: 'wall time, 95 %' },
  wallTimeP99: { unit: 'ns', label: 'wall time, 99 %' },
  wallTimeMax: { unit: 'ns', label: 'wall time, largest' },
  ownTime: { unit: 'ns', label: 'of which guestmark itself' },
  cpuShare: { unit: 'ratio', label: 'share on a CPU' },
  runQueueShare: { unit: 'ratio', label: 'share waiting for a CPU' },
  switchesPerSample: { unit: 'count', label: 'context switches a sample' },
  gpuInterrupts: { unit: 'count', label: 'interrupts of the GPU a sample' },
  bandwidth: { unit: 'B/s', label: 'bandwidth' },
  arithmetic: { unit: 'FLOP/s', label: 'arithmetic' },
  itemRate: { unit: '1/s', label: 'rate' },
  itemTime: { unit: 'ns', label: 'time of an item' },
  roofShare: { unit: 'ratio', label: 'share of the roof' },
  stealLow: { unit: 'ratio', label: 'stolen, at least' },
  stealHigh: { unit: 'ratio', label: 'stolen, at most' },
};

/** Words of a metric; one that this page does not know keeps its id and counts. */
function metricWords(id: string): MetricWords {
  return Object.hasOwn(METRICS, id) ? (METRICS[id] as MetricWords) : { unit: 'count', label: id };
}

/** A metric of a case with its unit: items have names only where the metric is of items. */
function metricText(id: string, value: number, itemName: string): string {
  return formatFigure(value, metricWords(id).unit, id.startsWith('item') ? itemName : 'items');
}

/** `12.3 µs (11.9 µs to 12.8 µs)`: a value with its interval. */
function estimateText(id: string, [value, low, high]: PageEstimate, itemName: string): string {
  const text = (one: number): string => metricText(id, one, itemName);
  return low === value && high === value ? text(value) : `${text(value)} (${text(low)} to ${text(high)})`;
}

interface ClockWords {
  readonly label: string;
  readonly colour: ColourName;
  /** Clocks of one kind are drawn together: the two ends of a band. */
  readonly band?: 'low' | 'high';
}

const CLOCKS: Readonly<Record<ClockId, ClockWords>> = {
  gpuTime: { label: 'device time', colour: 'gpuTime' },
  wallTime: { label: 'wall time', colour: 'wallTime' },
  correctedWallLow: { label: 'without steal, at least', colour: 'correctedWall', band: 'low' },
  correctedWallHigh: { label: 'without steal, at most', colour: 'correctedWall', band: 'high' },
  undisturbedWallLow: { label: 'undisturbed, at least', colour: 'undisturbedWall', band: 'low' },
  undisturbedWallHigh: { label: 'undisturbed, at most', colour: 'undisturbedWall', band: 'high' },
  cpuTime: { label: 'CPU time', colour: 'cpuTime' },
  submitTime: { label: 'submit', colour: 'submitTime' },
  queueTime: { label: 'queue', colour: 'queueTime' },
  wakeUpTime: { label: 'wake-up', colour: 'wakeUpTime' },
};

const CLOCK_ORDER = Object.keys(CLOCKS) as readonly ClockId[];

/** The parts of wall time in the order in which they are stacked. */
const PARTS: Readonly<Record<string, { readonly label: string; readonly colour: ColourName }>> = {
  device: { label: 'device', colour: 'gpuTime' },
  submit: { label: 'submit', colour: 'submitTime' },
  queue: { label: 'queue', colour: 'queueTime' },
  'wake-up': { label: 'wake-up', colour: 'wakeUpTime' },
  wait: { label: 'wait', colour: 'wakeUpTime' },
  copy: { label: 'copy', colour: 'copy' },
  call: { label: 'calls', colour: 'call' },
  steal: { label: 'steal', colour: 'steal' },
  'run-queue': { label: 'run-queue wait', colour: 'runQueue' },
  throttling: { label: 'throttling', colour: 'throttling' },
};
