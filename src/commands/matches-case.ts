// Whether a selector means a case that was measured already: as on the command line of a run, but against its benchmark and axes.
import { ownValue } from '../base/own-value.ts';
import type { Selector } from '../suite/selector.ts';

/** An axis that the case does not have is never met. */
export function matchesCase(
  { matchesName, axes: wanted }: Pick<Selector, 'matchesName' | 'axes'>,
  { benchmark, axes }: { readonly benchmark: string; readonly axes: Readonly<Record<string, number>> },
): boolean {
  return (
    matchesName(benchmark) &&
    Object.entries(wanted).every(([axis, asked]) => {
      const value = ownValue(axes, axis);
      return value !== undefined && (asked === '*' || asked === value);
    })
  );
}
