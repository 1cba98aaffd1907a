// One sample as the stages of a dispatch, as far as its clocks go: what wall-parts.ts adds up and undisturbed-wall.ts takes
// apart sample by sample. Knows the columns of a run; says nothing of what was withheld from a stage.
import type { SampledRun } from '../report/case-samples.ts';
import type { SampleColumns, SparseColumn } from '../suite/case-run.ts';

/** What an operation in one piece is: a benchmark that copies or maps memory says `copy`. */
export type PieceId = 'call' | 'copy';

/** Which clocks the samples of a run have. A clock that less than half of them have is taken for missing. */
interface RunClocks {
  /** Submission and wait are told apart. */
  readonly submit: boolean;
  readonly device: boolean;
  /** The device's times are placed on the CPU's scale: queue and wake-up are known. */
  readonly split: boolean;
  /** Run-queue wait of the measuring thread. */
  readonly runQueue: boolean;
  readonly steal: boolean;
  /** Ledgers of a software device's workers. */
  readonly workers: boolean;
}

/** A sample in ns, not divided by iterations. */
export interface SampleStages {
  /** Of the sample in its columns. */
  readonly index: number;
  readonly wallNs: number;
  /** The submit call, less the time in which the device worked already; null for an operation in one piece. */
  readonly submitNs: number | null;
  readonly queueNs: number | null;
  readonly deviceNs: number | null;
  readonly wakeUpNs: number | null;
  /** Error (±) of submit, queue and wake-up. */
  readonly uncertaintyNs: number;
}

/** The samples of a run that have every clock which the run has. */
export interface StagedRun {
  readonly clocks: RunClocks;
  readonly stages: readonly SampleStages[];
}

/** Both who adds up stages and who takes them apart need them. */
const STAGED = new WeakMap<SampledRun, StagedRun>();

/** Cuts the samples of a run into stages. */
export function stagesOf(run: SampledRun): StagedRun {
  const known = STAGED.get(run);
  if (known !== undefined) return known;
  const staged = cutIntoStages(run);
  STAGED.set(run, staged);
  return staged;
}

function cutIntoStages({ samples }: SampledRun): StagedRun {
  const clocks: RunClocks = {
    submit: isUsual(samples.submitNs),
    device: isUsual(samples.gpuNs),
    split: isUsual(samples.submitNs) && isUsual(samples.gpuNs) && isUsual(samples.wakeUpNs),
    runQueue: isUsual(samples.runQueueNs) && isUsual(samples.ledgerWallNs),
    steal: isUsual(samples.correctedHighNs) && isUsual(samples.correctedFloorNs),
    workers: isUsual(samples.workersRunQueueNs) && isUsual(samples.busiestWorkerCpuNs),
  };
  const needed = neededColumns(samples, clocks);
  const isMissing = missingIn(needed, samples.wallNs.length);
  const stages: SampleStages[] = [];
  for (let index = 0; index < isMissing.length; index++)
    if (isMissing[index] === 0) stages.push(stagesAt(samples, index, clocks));
  return { clocks, stages };
}

/** 1 for every sample that lacks a value in some column. */
function missingIn(columns: readonly SparseColumn[], count: number): Uint8Array {
  const isMissing = new Uint8Array(count);
  for (const column of columns)
    for (let i = 0; i < count; i++) if ((column[i] ?? null) === null) isMissing[i] = 1;
  return isMissing;
}

function isUsual(column: SparseColumn): boolean {
  let known = 0;
  for (const value of column) if (value !== null) known++;
  return known > 0 && 2 * known >= column.length;
}

function neededColumns(samples: SampleColumns, clocks: RunClocks): readonly SparseColumn[] {
  return [
    ...(clocks.submit ? [samples.submitNs] : []),
    ...(clocks.device ? [samples.gpuNs] : []),
    ...(clocks.split ? [samples.wakeUpNs, samples.queueNs] : []),
    ...(clocks.runQueue ? [samples.runQueueNs, samples.ledgerWallNs] : []),
    ...(clocks.steal ? [samples.correctedHighNs, samples.correctedLowNs, samples.correctedFloorNs] : []),
    ...(clocks.workers ? [samples.workersRunQueueNs, samples.busiestWorkerCpuNs, samples.workersCpuNs] : []),
  ];
}

function stagesAt(samples: SampleColumns, index: number, clocks: RunClocks): SampleStages {
  const at = (column: SparseColumn): number => column[index] as number;
  const wallNs = samples.wallNs[index] as number;
  const deviceNs = clocks.device ? at(samples.gpuNs) : null;
  if (!clocks.split) {
    const callNs = clocks.submit ? at(samples.submitNs) : null;
    // The call may have lasted while the device worked: both are not more than the whole.
    const submitNs = callNs === null ? null : Math.max(0, Math.min(callNs, wallNs - (deviceNs ?? 0)));
    return { index, wallNs, submitNs, queueNs: null, deviceNs, wakeUpNs: null, uncertaintyNs: 0 };
  }
  const [callNs, queueNs, wakeUpNs] = [at(samples.submitNs), at(samples.queueNs), at(samples.wakeUpNs)];
  const overlapNs = Math.max(0, callNs + queueNs + (deviceNs as number) + wakeUpNs - wallNs);
  return {
    index,
    wallNs,
    submitNs: Math.max(0, callNs - overlapNs),
    queueNs,
    deviceNs,
    wakeUpNs,
    uncertaintyNs: samples.splitUncertaintyNs[index] ?? 0,
  };
}
