// What a call into native code costs by itself: koffi, and a function that returns at once. Measured once a process.
import { type Available, available, unavailable } from '../base/availability.ts';
import { type Libc, openLibc } from './libc.ts';
import { median } from './median.ts';
import { openStampClock } from './open-stamp-clock.ts';

/** `ret`, in the machine code of the architectures that Node has for 64-bit Linux. */
const RETURN: Readonly<Record<string, Uint8Array>> = {
  x64: Uint8Array.of(0xc3),
  arm64: Uint8Array.of(0xc0, 0x03, 0x5f, 0xd6),
};
const ROUNDS = 21;
const CALLS_A_ROUND = 200;

let measured: Available<number> | undefined;

/** Nanoseconds of a call with three arguments to a function that does nothing, or why it is not known; the median. */
export function emptyCallNs(): Available<number> {
  measured ??= measureEmptyCall();
  return measured;
}

function measureEmptyCall(): Available<number> {
  const libc = openLibc();
  return libc.available ? timeCall(libc.value) : libc;
}

function timeCall(libc: Libc): Available<number> {
  const code = RETURN[process.arch];
  if (code === undefined) return unavailable(`the machine code of ${process.arch} is not known`);
  const call = libc.mapCode(code);
  if (!call.available) return call;
  const stamp = openStampClock();
  if (!stamp.available) return stamp;
  const { nowNs } = stamp.value;
  return available(medianCallNs(() => call.value(0, 0, 0), nowNs));
}

/** Nanoseconds of a short call: the median of rounds of many. */
export function medianCallNs(call: () => void, nowNs: () => number): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const startNs = nowNs();
    for (let i = 0; i < CALLS_A_ROUND; i++) call();
    return (nowNs() - startNs) / CALLS_A_ROUND;
  });
  return median(rounds);
}
