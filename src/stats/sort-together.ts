// Sorts numbers and moves others along with them, in place: what sorting indices by a comparison costs ten times as much
// for. Pure arithmetic on two arrays.

/** Sorts `keys` ascending and gives `others` the same order, by heapsort; both have one length and keys are no NaN. */
export function sortTogether(keys: Float64Array, others: Float64Array): void {
  for (let root = (keys.length >> 1) - 1; root >= 0; root--) sink(keys, others, root, keys.length);
  for (let end = keys.length - 1; end > 0; end--) {
    swap(keys, 0, end);
    swap(others, 0, end);
    sink(keys, others, 0, end);
  }
}

/** Lets what stands at `from` sink until nothing below it, before `end`, is larger. */
function sink(keys: Float64Array, others: Float64Array, from: number, end: number): void {
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= end) return;
    if (child + 1 < end && (keys[child + 1] as number) > (keys[child] as number)) child++;
    if ((keys[child] as number) <= (keys[at] as number)) return;
    swap(keys, at, child);
    swap(others, at, child);
    at = child;
  }
}

function swap(values: Float64Array, a: number, b: number): void {
  const value = values[a] as number;
  values[a] = values[b] as number;
  values[b] = value;
}
