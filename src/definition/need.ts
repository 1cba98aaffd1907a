// A quantity of a kernel or a case beside the limit of the device, and the obstacle that it is where it is beyond it. Pure.
import { formatBytes } from '../base/units.ts';
import type { Obstacle } from './definition-plan.ts';

/** What is needed and what there is. */
export interface Need {
  /** The limit by its name in the Vulkan specification. */
  readonly what: string;
  readonly needed: number;
  readonly limit: number;
  readonly unit: 'bytes' | 'count';
  readonly binding: string | null;
  /** How much is needed, in words, around the amount. */
  readonly phrase: (amount: string) => string;
  /** What helps where no axis does, or besides. */
  readonly hint: string;
  /** Path of the reference that needs it; absent for the kernel itself. */
  readonly reference?: string;
}

/** A need, unless the limit is not known. */
export function needOf(need: Omit<Need, 'limit'>, limit: number | undefined): readonly Need[] {
  return limit === undefined ? [] : [{ ...need, limit }];
}

/** Whether a limit does not allow it. */
export function isExceeded({ needed, limit }: Need): boolean {
  return !(needed <= limit);
}

/** Whether two needs are the same one at different points. */
export function isSameNeed(one: Need, other: Need): boolean {
  return one.what === other.what && one.binding === other.binding && one.reference === other.reference;
}

/** The obstacle without an axis. */
export function obstacleOf({ what, needed, limit, unit, binding, phrase, hint, reference }: Need): Obstacle {
  const write = unit === 'count' ? String : bytesWriter(needed, limit);
  const message = `${phrase(write(needed))}, more than ${what} (${write(limit)})`;
  const obstacle = { what, needed, limit, binding, axis: null, fittingValue: null, message, hint };
  return reference === undefined ? obstacle : ofReference(reference, obstacle);
}

/** The obstacle of a reference. */
export function ofReference(path: string, obstacle: Obstacle): Obstacle {
  return { ...obstacle, message: `reference ${path}: ${obstacle.message}` };
}

/** In binary units, unless rounding makes both amounts the same. */
function bytesWriter(needed: number, limit: number): (bytes: number) => string {
  return formatBytes(needed) === formatBytes(limit) ? (bytes) => `${bytes} bytes` : formatBytes;
}
