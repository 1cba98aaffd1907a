// What the time daemon does to CLOCK_MONOTONIC, from adjtimex(2): by how much the clock runs fast or slow against
// CLOCK_MONOTONIC_RAW just now. Measured: a correction of +400 ppm moved W − C − R of 5 s by 2.00 ms.
import { type Available, available, unavailable } from '../base/availability.ts';
import { RATE_ERROR } from './clock.ts';
import { openLibc } from './libc.ts';

/** The discipline of the clock at one instant, in parts per million; 1 ppm is 1 µs per second. */
export interface ClockDiscipline {
  /** The frequency correction. */
  readonly frequencyPpm: number;
  /** What the length of the timer tick differs from its nominal value by. */
  readonly tickPpm: number;
  /** The most that a phase correction, which is still under way, adds. */
  readonly slewPpm: number;
  /** A time source keeps the clock right. Without one, no correction is made, and none changes. */
  readonly synchronised: boolean;
}

/** struct timex of 64-bit Linux: byte offsets. */
const TIMEX_BYTES = 208;
const TIMEX = { modes: 0, offset: 8, freq: 16, status: 40, constant: 48, tick: 88 } as const;
/** Reads what is left of an adjtime(3), into `offset`; changes nothing. */
const ADJ_OFFSET_SS_READ = 0xa001;
const STA_PLL = 0x1;
const STA_UNSYNC = 0x40;
const STA_NANO = 0x2000;
/** `freq` has 16 binary places. */
const PPM_PER_FREQ = 1 / 65536;
const NOMINAL_TICK_US = 10_000;
/** A rest of the phase is worked off by a share of 2^-(SHIFT_PLL + constant) per second. */
const SHIFT_PLL = 2;
/** adjtime(3) is worked off at this rate. */
const ADJTIME_PPM = 500;

/** Reads the discipline; needs no privilege. */
export function readClockDiscipline(): Available<ClockDiscipline> {
  const libc = openLibc();
  if (!libc.available) return libc;
  const memory = new ArrayBuffer(TIMEX_BYTES);
  const view = new DataView(memory);
  view.setUint32(TIMEX.modes, ADJ_OFFSET_SS_READ, true);
  if (libc.value.adjtimex(libc.value.addressOf(memory)) < 0) return refused(libc.value.errno());
  const adjtimeLeft = view.getBigInt64(TIMEX.offset, true) !== 0n;
  view.setUint32(TIMEX.modes, 0, true);
  if (libc.value.adjtimex(libc.value.addressOf(memory)) < 0) return refused(libc.value.errno());
  return available(parseTimex(view, adjtimeLeft));
}

function refused(errno: number): Available<never> {
  return unavailable(`adjtimex is refused by this system (errno ${errno})`);
}

/**
 * Interprets a struct timex that was read with no mode set.
 *
 * @param adjtimeLeft An adjtime(3) is under way.
 */
export function parseTimex(view: DataView, adjtimeLeft: boolean): ClockDiscipline {
  const long = (offset: number): number => Number(view.getBigInt64(offset, true));
  const status = view.getInt32(TIMEX.status, true);
  const offsetUs = long(TIMEX.offset) / (status & STA_NANO ? 1000 : 1);
  const phasePpm = status & STA_PLL ? Math.abs(offsetUs) / 2 ** (SHIFT_PLL + long(TIMEX.constant)) : 0;
  return {
    frequencyPpm: long(TIMEX.freq) * PPM_PER_FREQ,
    tickPpm: ((long(TIMEX.tick) - NOMINAL_TICK_US) / NOMINAL_TICK_US) * 1e6,
    slewPpm: Math.min(ADJTIME_PPM, phasePpm) + (adjtimeLeft ? ADJTIME_PPM : 0),
    synchronised: (status & STA_UNSYNC) === 0,
  };
}

/**
 * ρ of CLOCK_MONOTONIC: the greatest relative difference from the scheduler's clock under the disciplines that were
 * read, at best one before and one behind what is measured. A daemon that changes its mind and back in between is
 * not seen.
 */
export function monotonicRateError(...disciplines: readonly ClockDiscipline[]): number {
  if (disciplines.length === 0) return RATE_ERROR.CLOCK_MONOTONIC;
  const worst = Math.max(
    ...disciplines.map(({ frequencyPpm, tickPpm, slewPpm }) => Math.abs(frequencyPpm + tickPpm) + slewPpm),
  );
  return worst / 1e6 + RATE_ERROR.CLOCK_MONOTONIC_RAW;
}
