// What follows from several cases together, or from the course of one: best figures, the roofline, fits over sizes, drift.
// Types only; one file derive-*.ts for each idea computes them, and all of them can be computed again from the report.
import type { Available } from '../base/availability.ts';
import type { RoofType } from '../suite/benchmark.ts';

/** A stable word for what a figure is; the letters behind a roof are the type of its operations. */
export type DerivedId =
  | 'maximumBandwidth'
  | 'maximumArithmetic'
  | 'maximumItemRate'
  | 'minimumItemTime'
  | 'roofBandwidth'
  | `roofArithmetic${Uppercase<RoofType>}`
  | `ridgePoint${Uppercase<RoofType>}`
  | 'startUpTime'
  | 'startUpRate'
  | 'driftPerMinute'
  | 'throttleOnset'
  | 'stealCorrelation';

/** A value with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A figure of a benchmark or of the device. */
export interface DerivedFigure {
  readonly id: DerivedId;
  /** Whose cases it is of; null for a figure of the device. */
  readonly benchmark: string | null;
  readonly unit: 'ns' | 'B/s' | 'FLOP/s' | '1/s' | 'FLOP/B' | 'ratio';
  /** Or why there is none. */
  readonly estimate: Available<Estimate>;
  /** How value and interval were obtained, in words. */
  readonly method: string;
  /** The cases that it comes from; of one that is missing those that would need it. */
  readonly cases: readonly string[];
}

/** A roof and the case that reached it. */
export interface Roof extends Estimate {
  readonly caseId: string;
}

/** What a device can move and compute at most; a roof that was not measured says why. */
export interface Roofs {
  readonly bandwidth: Available<Roof>;
  readonly arithmetic: Readonly<Record<RoofType, Available<Roof>>>;
}

/** A stable word for what a series is. */
export type SeriesId = 'deviceTime' | 'hostTime' | 'stolenShare';

/** A quantity of one run of a case over time. */
export interface TimeSeries {
  readonly id: SeriesId;
  readonly caseId: string;
  readonly run: number;
  /** What it is, in words. */
  readonly label: string;
  readonly unit: 'ns' | 'ratio';
  /** Each for a span of time, by its middle since the first sample began; a span without a value has none. */
  readonly points: readonly SeriesPoint[];
}

/** A value at a time. */
export interface SeriesPoint {
  readonly atNs: number;
  readonly value: number;
}
