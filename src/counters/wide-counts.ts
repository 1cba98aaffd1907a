// Makes wide counts of narrow ones: numbers of 32 bits that are added up wrap one by one, and their sum tells of no wrap. Keeps
// what was seen last; knows nothing of what is counted.

const RANGE = 2 ** 32;

/** Takes each reading of a number of 32 bits by its key and gives the number with the wraps that were seen. */
export function widenCounts(): (key: string, value: number) => number {
  const seen = new Map<string, { readonly value: number; readonly wraps: number }>();
  return (key, value) => {
    const last = seen.get(key) ?? { value: 0, wraps: 0 };
    // A smaller number after one of the lower half was set back, and not wrapped; that is shown as it is.
    const isWrapped = value < last.value && last.value >= RANGE / 2;
    const wraps = last.wraps + (isWrapped ? 1 : 0);
    seen.set(key, { value, wraps });
    return value + wraps * RANGE;
  };
}
