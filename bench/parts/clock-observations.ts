// The device's clock and several clocks of this machine, read together again and again: the rows from which their rates
// follow. Each clock of this machine is read before and behind the device's, so every comparison has its own bound.
import type { CalibrationPoint } from 'guestmark/timing';
import { type DeviceClock, ticksOf } from './device-clock.ts';

/** A clock of this machine, in ns or in cycles, since any instant. */
export type ReadClock = () => number;

/** Rows of readings. */
export interface ClockObservations {
  /** Reads all clocks, some times, and keeps the narrowest reading as a row. Allocates nothing of its own. */
  observe(): void;
  /** Readings of the device's clock that were lower than the one before, those of {@link readDevice} included. */
  backwards(): number;
  /** Readings of the device's clock that were compared with the one before. */
  compared(): number;
  /** Readings that were higher than the one before. */
  advanced(): number;
  /** Reads the device's clock alone. */
  readDevice(): void;
  /** The device's clock beside the clock that the driver reads with it, in order. */
  calibrated(): readonly CalibrationPoint[];
  /** The device's clock beside one of the others, by its index; the narrowest ones only, in order. */
  narrowest(index: number): readonly CalibrationPoint[];
}

/** An interruption only ever makes a reading wider. */
const ATTEMPTS = 8;
/** Of the longest case; later rows take the place of the last one. */
const ROOM = 4096;
/** Enough for a rate; more of them would cost more than they tell. */
export const NARROWEST = 64;

/** @param clocks The first one is read outermost: where there are two, its bracket is the wider one. */
export function clockObservations(device: DeviceClock, clocks: readonly ReadClock[]): ClockObservations {
  const columns = 2 + 2 * clocks.length;
  const rows = new Float64Array(ROOM * columns);
  const ticks = new Uint32Array(ROOM * 2);
  const from = new Float64Array(clocks.length);
  const to = new Float64Array(clocks.length);
  let [count, backwards, compared, advanced] = [0, 0, 0, 0];
  const readDevice = (): void => {
    device.read();
    compared++;
    const step = device.step();
    if (step < 0) backwards++;
    else if (step > 0) advanced++;
  };
  const readAll = (): void => {
    for (let index = 0; index < clocks.length; index++) from[index] = (clocks[index] as ReadClock)();
    readDevice();
    for (let index = clocks.length - 1; index >= 0; index--) to[index] = (clocks[index] as ReadClock)();
  };
  const keep = (row: number): void => {
    ticks.set(device.ticks, row * 2);
    rows[row * columns] = device.cpuNs();
    rows[row * columns + 1] = device.deviationNs();
    for (let index = 0; index < clocks.length; index++) {
      const [start, end] = [from[index] as number, to[index] as number];
      rows[row * columns + 2 + 2 * index] = (start + end) / 2;
      rows[row * columns + 3 + 2 * index] = (end - start) / 2;
    }
  };
  const point = (row: number, column: number): CalibrationPoint => ({
    deviceTicks: ticksOf(ticks, row * 2),
    cpuNs: rows[row * columns + column] as number,
    maxDeviationNs: rows[row * columns + column + 1] as number,
  });
  const points = (column: number): readonly CalibrationPoint[] =>
    Array.from({ length: count }, (_, row) => point(row, column));
  return {
    observe: () => {
      const row = Math.min(count, ROOM - 1);
      let narrowest = Number.POSITIVE_INFINITY;
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        readAll();
        const width = (to[0] as number) - (from[0] as number);
        if (width >= narrowest) continue;
        narrowest = width;
        keep(row);
      }
      count = row + 1;
    },
    backwards: () => backwards,
    compared: () => compared,
    advanced: () => advanced,
    readDevice,
    calibrated: () => points(0),
    narrowest: (index) => narrowestOf(points(2 + 2 * index), NARROWEST),
  };
}

/** The narrowest point of each of so many equal parts of the span. */
export function narrowestOf(points: readonly CalibrationPoint[], parts: number): readonly CalibrationPoint[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length <= parts) return points;
  const partNs = (last.cpuNs - first.cpuNs) / parts;
  const best = new Map<number, CalibrationPoint>();
  for (const point of points) {
    const part = Math.min(parts - 1, Math.floor((point.cpuNs - first.cpuNs) / partNs));
    const known = best.get(part);
    if (known === undefined || point.maxDeviationNs < known.maxDeviationNs) best.set(part, point);
  }
  return [...best.values()];
}
