// How much of a module is described in all. Each list of scalars has its own limit; this one is for modules
// with thousands of variables of a large type, which would take minutes and gigabytes.
import { cannotReflect } from './spirv-words.ts';

/** What is left of it; spent by everything that describes data. */
export interface PartBudget {
  left: number;
}

export function newPartBudget(): PartBudget {
  return { left: 131_072 };
}

/**
 * Takes as many parts (scalars, members, elements) from the budget, before they are described.
 *
 * @throws GuestmarkError (usage) when there are not so many left.
 */
export function spendParts(budget: PartBudget, parts: number): void {
  budget.left -= parts;
  if (!(budget.left >= 0)) throw cannotReflect('its blocks have too many members in all');
}
