/// <reference lib="esnext.disposable" preserve="true" />
// The public subpath `guestmark/timing`: the clocks alone. Loads no device and no native Vulkan; koffi is
// loaded on first use and may be missing.
export type { Available, Unavailable } from '../base/availability.ts';
export type { Bounded } from '../base/bounded.ts';
export { type AccountingObservation, combineAccounting, judgeAccounting } from './accounting-rule.ts';
export type { OffCpuEvidence, SwitchBias } from './blocked-split.ts';
export {
  type CalibrationOptions,
  calibrateSnapshot,
  type NullWindows,
  type SnapshotCalibration,
} from './calibrate-snapshot.ts';
export { calibrateSwitchBias, type SwitchBiasSources } from './calibrate-switch-bias.ts';
export { boundSteal, type CaseSteal, type CpuStealDelta, caseSteal, type StealBounds } from './case-steal.ts';
export type {
  BriefReading,
  ClockTraits,
  SnapshotClock,
  StampClock,
  ThreadSnapshot,
  WallClock,
} from './clock.ts';
export {
  type CensusCpu,
  type CensusOptions,
  type ClockCensus,
  type DriftRecord,
  measureAllSources,
  measureSources,
  takeClockCensus,
} from './clock-census.ts';
export { type ClockDiscipline, monotonicRateError, readClockDiscipline } from './clock-discipline.ts';
export { beginDrift, type ClockDrift, type EndDrift } from './clock-drift.ts';
export type {
  ClockSource,
  ClockSourceRecord,
  OpenedSource,
  SourceCost,
  SourceFigures,
  SourceScope,
} from './clock-source.ts';
export { countCaseSteal, type EndCount } from './count-case-steal.ts';
export { type CpuSteal, readCpuSteal, type TickLength, tickLength } from './cpu-steal.ts';
export {
  openPreciseSteal,
  type PreciseReading,
  type PreciseSteal,
  type PreciseStealMeaning,
  preciseStealBetween,
} from './cpu-steal-precise.ts';
export type { CpuTimes } from './cpu-times.ts';
export { type CpuidRegisters, openCpuid, type ReadCpuid } from './cpuid.ts';
export { type CpuidLoop, openCpuidLoop } from './cpuid-loop.ts';
export {
  type CorrectedDispatch,
  correctDispatch,
  correctSoftwareDispatch,
  criticalSteal,
  type DeviceInterval,
  type DispatchWindow,
  type WorkerLedger,
} from './dispatch-model.ts';
export { correctPipeline, deviceBusyNs, type Pipeline, type PipelinedDispatch } from './dispatch-pipeline.ts';
export { type DispatchInstants, type DispatchSplit, splitDispatch } from './dispatch-split.ts';
export {
  type DispatchReadings,
  type DispatchSteal,
  dispatchSteal,
  type NsRange,
  type ReadingOffsets,
  readingOffsets,
} from './dispatch-steal.ts';
export { emptyCallNs } from './empty-call.ts';
export type { Fact } from './fact.ts';
export { type GpuClockDrift, gpuClockDrift } from './gpu-clock-drift.ts';
export {
  type CalibrationPoint,
  type DeviceCounter,
  fitGpuTimeline,
  type GpuTimeline,
  type PlacedInstant,
  ticksToNs,
} from './gpu-timeline.ts';
export { type Tier, type TierFacts, type TierVerdict, tierOf } from './ledger-rules.ts';
export { CLOCK, type Libc, type MachineCode } from './libc.ts';
export { type MeasureOptions, measure, measureSync } from './measure.ts';
export { type MeasureSourceOptions, measureSource } from './measure-source.ts';
export type {
  Measurement,
  MeasureWarning,
  SeenCpus,
  StealInterval,
  WallInterval,
} from './measurement.ts';
export {
  type NullDistribution,
  type NullSurvey,
  type NullSurveyOptions,
  surveyNullWindows,
} from './null-windows.ts';
export { type ObserveOptions, observeAccounting } from './observed-accounting.ts';
export {
  emptyOffCpu,
  type OffCpu,
  type OffCpuLedger,
  openOffCpuLedger,
  openTreeOffCpu,
  type ThreadOffCpu,
  type ThreadState,
  type TreeOffCpu,
} from './off-cpu.ts';
export { type OffCpuSource, type OffCpuSourceOptions, openOffCpuSource } from './off-cpu-source.ts';
export {
  type OpenedSnapshotClock,
  openSnapshotClock,
  type SnapshotClockChoice,
} from './open-snapshot-clock.ts';
export { openStampClock, type StampClockChoice } from './open-stamp-clock.ts';
export { type OrderedSwitches, orderSwitches } from './ordered-switches.ts';
export { currentCpu, type Pin, type PinChoice, pinThread } from './pinning.ts';
export {
  type CgroupVersion,
  type ProbeSources,
  probeTiming,
  type TimingCapabilities,
  type TimingProbe,
} from './probe.ts';
export { findKvmPtp, type PtpReading, readPtp } from './ptp-clock.ts';
export {
  type Blocked,
  mostStealNs,
  type Segment,
  type SegmentSteal,
  type StealMeaning,
  segment,
} from './segment.ts';
export { openSpinLoop, type SpinLoop } from './spin-loop.ts';
export type { Stall, StallCause, StallLedger } from './stall.ts';
export type { StallCalibration, TickHoles } from './stall-calibration.ts';
export { type StallMonitor, type StallMonitorOptions, startStallMonitor } from './stall-monitor.ts';
export type { CauseSum, HoleBin } from './stall-ring.ts';
export { type BudgetedSamples, leastMedianNs, loweredSamplesNs } from './steal-budget.ts';
export { lookForSteal, type StolenShareSources } from './stolen-share.ts';
export type { DrainSwitches, SwitchRecord } from './switch-records.ts';
export {
  openThreadSwitchRing,
  openTreeSwitchRings,
  type RingRoom,
  type SwitchRing,
  type TreeSwitchRings,
} from './switch-ring.ts';
export { allowedCpus } from './thread-cpus.ts';
export { threadIds, threadsSince } from './thread-ids.ts';
export { isOwnThread, nameOwnThread } from './thread-name.ts';
export {
  openThrottling,
  readThrottledNs,
  type ThrottledWait,
  type ThrottlingSource,
  throttledWithin,
} from './throttling.ts';
export { openTsc, type Tsc } from './tsc.ts';
export { openWorkerLedgers, type WorkerLedgers, type WorkerTimes, workerTimes } from './worker-ledgers.ts';
