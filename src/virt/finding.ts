// What was found out about a machine: a value with the evidence for it and how far that can be trusted, or the reason why
// nobody knows. The shape of everything that src/virt tells.
import type { Available, Unavailable } from '../base/availability.ts';

/**
 * - `certain`: the CPU, the kernel or a driver says so itself, and it cannot be otherwise
 * - `likely`: by signs that are set by whoever configured the machine, or that several kinds of machines share
 * - `claimed`: somebody says so (a file, a variable), and nothing confirms it
 */
export type Confidence = 'certain' | 'likely' | 'claimed';

/** Assignable to `Available<T>`; `source` says in words what was seen and where. */
export type Finding<T> =
  | {
      readonly available: true;
      readonly value: T;
      readonly source: string;
      readonly confidence: Confidence;
    }
  | Unavailable;

/** A value that cannot be otherwise. */
export function certain<T>(value: T, source: string): Finding<T> {
  return { available: true, value, source, confidence: 'certain' };
}

/** A value by signs that usually tell the truth. */
export function likely<T>(value: T, source: string): Finding<T> {
  return { available: true, value, source, confidence: 'likely' };
}

/** A value that somebody states and nothing confirms. */
export function claimed<T>(value: T, source: string): Finding<T> {
  return { available: true, value, source, confidence: 'claimed' };
}

/** What was read is certain: its text is the evidence, `source` where it stands. */
export function findingOf<T>(maybe: Available<T>, source: string): Finding<T> {
  return maybe.available ? certain(maybe.value, source) : maybe;
}
