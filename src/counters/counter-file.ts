// One counter that has a file of its own, as sysfs keeps those of network adapters. Their totals pass what a number holds
// exactly (2^53) within weeks, so they are read as whole numbers and told from where they stood at the start.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { plainText } from '../virt/plain-text.ts';
import type { CounterDescription } from './counter.ts';

/** A counter, and how it is read. */
export interface CounterFile {
  readonly description: CounterDescription;
  /** In the unit of the counter. Never throws. */
  read(): Available<number>;
}

/** Totals above this one are told from their first reading: below, they can double and are still exact. */
const LARGEST_TOTAL = 2n ** 52n;
/** What a device whose bus does not answer any more is read as. */
const ALL_BITS = 2n ** 64n - 1n;
/** Longer texts are no counter; they are not searched for one. */
const MOST_CHARACTERS = 64;

/**
 * Reads the counter once, to see from where it is told.
 *
 * @param description Its `source` is completed where the counter is told from its first reading.
 */
export function openCounterFile(
  files: SystemFiles,
  path: string,
  description: CounterDescription,
): CounterFile {
  const scale = BigInt(description.scale);
  const first = readCount(files, path);
  const base = first.available && first.value * scale > LARGEST_TOTAL ? first.value : 0n;
  const told = base === 0n ? '' : `, less the ${base} at which it stood first, so that a number holds it`;
  return {
    description: { ...description, source: `${description.source}${told}` },
    read: () => {
      const now = readCount(files, path);
      return now.available ? available(Number(since(base, now.value, description) * scale)) : now;
    },
  };
}

/** The whole number in a file. */
export function readCount(files: SystemFiles, path: string): Available<bigint> {
  const text = files.read(path);
  return text.available ? parseCount(text.value, path) : text;
}

/** `1234`, or `1234@1690000000.123456789` where the time of the reading stands behind it. */
function parseCount(text: string, path: string): Available<bigint> {
  const digits = text.length > MOST_CHARACTERS ? undefined : /^\s*(\d{1,20})(@[\d.]*)?\s*$/.exec(text)?.[1];
  if (digits === undefined)
    return unavailable(`${path}: ${JSON.stringify(plainText(text.slice(0, 40)))} is no count`);
  const count = BigInt(digits);
  if (count > ALL_BITS) return unavailable(`${path}: ${digits} is more than 64 bits hold`);
  return count === ALL_BITS
    ? unavailable(`${path}: all bits are set, the device does not answer`)
    : available(count);
}

/** Counters of more than 53 and less than 64 bits (Slingshot: 56) do pass their end, and a change of theirs is too large to see it. */
function since(base: bigint, now: bigint, { wrapBits }: CounterDescription): bigint {
  const grown = now - base;
  if (grown >= 0n || wrapBits === null || wrapBits <= 53 || wrapBits >= 64) return grown;
  const range = 2n ** BigInt(wrapBits);
  return base > range / 2n ? grown + range : grown;
}
