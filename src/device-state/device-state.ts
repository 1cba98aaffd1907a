// What a GPU says of itself while it works: clocks, temperature, power, and what holds it back. Types only; it is read
// beside the samples of a case and never within one.
import type { Available } from '../base/availability.ts';

/** One reading of a device. */
export interface DeviceState {
  /** Of the units that compute (NVIDIA: the SMs; AMD: sclk). */
  readonly computeClockHz: Available<number>;
  readonly memoryClockHz: Available<number>;
  readonly temperatureCelsius: Available<number>;
  readonly powerWatts: Available<number>;
  /** What lowers the clocks now, in words; none at full speed. */
  readonly throttleReasons: Available<readonly string[]>;
  /** The share of time in which it worked lately, from 0 to 1. */
  readonly busyRatio: Available<number>;
  /** How long the reading itself took. */
  readonly costNs: number;
}

/** Readings around the samples of a case. */
export interface DeviceStateChange {
  readonly before: DeviceState;
  readonly after: DeviceState;
}

/** Reads one device. */
export interface DeviceStateReader extends Disposable {
  /** Never throws: what cannot be read says why. */
  read(): DeviceState;
}
