// The clocks of a sample in the order in which tables of samples show them. A column that is added to the report is missed
// by the compiler here; which samples there are is told by the report alone.
import type { SampleColumns } from '../suite/case-run.ts';

/** One value per column, so that none can be left out. */
const ORDER: Readonly<Record<keyof SampleColumns, true>> = {
  startNs: true,
  wallNs: true,
  gpuNs: true,
  submitNs: true,
  queueNs: true,
  wakeUpNs: true,
  notifyNs: true,
  returnNs: true,
  splitUncertaintyNs: true,
  deviceStartNs: true,
  correctedLowNs: true,
  correctedHighNs: true,
  correctedFloorNs: true,
  stealLowNs: true,
  stealHighNs: true,
  ledgerWallNs: true,
  ledgerBoundNs: true,
  cpuNs: true,
  runQueueNs: true,
  throttledNs: true,
  stealAndBlockedNs: true,
  blockedNs: true,
  voluntarySwitches: true,
  timeslices: true,
  submitLedgerWallNs: true,
  submitCpuNs: true,
  startCpu: true,
  endCpu: true,
  workersCpuNs: true,
  busiestWorkerCpuNs: true,
  workersRunQueueNs: true,
  workersDelayLowNs: true,
};

/** All columns of `samples`, the most looked at first. */
export const SAMPLE_COLUMNS: readonly (keyof SampleColumns)[] = Object.keys(ORDER) as (keyof SampleColumns)[];
