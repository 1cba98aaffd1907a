// The public subpath `guestmark/timing`: the clocks alone. Loads no device and no native Vulkan; koffi is
// loaded on first use and may be missing.

export type { Available, Unavailable } from '../base/availability.ts';
export {
  type CalibrationOptions,
  calibrateSnapshot,
  type NullWindows,
  type SnapshotCalibration,
} from './calibrate-snapshot.ts';
export { boundSteal, type CaseSteal, type CpuStealDelta, caseSteal, type StealBounds } from './case-steal.ts';
export type { ClockTraits, SnapshotClock, StampClock, ThreadSnapshot, WallClock } from './clock.ts';
export { countCaseSteal, type EndCount } from './count-case-steal.ts';
export { type CpuSteal, readCpuSteal, type TickLength, tickLength } from './cpu-steal.ts';
export { type DispatchInstants, type DispatchSplit, splitDispatch } from './dispatch-split.ts';
export type { Fact } from './fact.ts';
export {
  type CalibrationPoint,
  type DeviceCounter,
  fitGpuTimeline,
  type GpuTimeline,
  type PlacedInstant,
  ticksToNs,
} from './gpu-timeline.ts';
export { type Tier, type TierFacts, type TierVerdict, tierOf } from './ledger-rules.ts';
export {
  type Measurement,
  type MeasureOptions,
  type MeasureWarning,
  measure,
  type StealInterval,
} from './measure.ts';
export {
  type OpenedSnapshotClock,
  openSnapshotClock,
  type SnapshotClockChoice,
} from './open-snapshot-clock.ts';
export { openStampClock, type StampClockChoice } from './open-stamp-clock.ts';
export {
  type CgroupVersion,
  type ProbeSources,
  probeTiming,
  type TimingCapabilities,
  type TimingProbe,
} from './probe.ts';
export {
  type Blocked,
  type Segment,
  type SegmentSteal,
  type StealMeaning,
  segment,
  stealCeilingNs,
} from './segment.ts';
export type { Stall, StallCause, StallLedger } from './stall.ts';
export type { StallCalibration, TickHoles } from './stall-calibration.ts';
export { type StallMonitor, type StallMonitorOptions, startStallMonitor } from './stall-monitor.ts';
export type { CauseSum, HoleBin } from './stall-ring.ts';
export { allowedCpus } from './thread-cpus.ts';
