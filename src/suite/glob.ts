// Names with `*` for any characters and `?` for one, as a shell has them. No regular expression: a few dozen `*` would make one
// take longer than anybody waits.

/** Whether the pattern is the whole name. Takes at most the product of their lengths. */
export function matchesGlob(pattern: string, name: string): boolean {
  let [at, next] = [0, 0];
  // Where the last `*` stands, and how far it reaches so far: those before it need not be tried again.
  let [star, reached] = [-1, 0];
  while (next < name.length) {
    const sign = pattern[at];
    if (sign === '*') {
      star = at++;
      reached = next;
    } else if (sign !== undefined && (sign === '?' || sign === name[next])) {
      at++;
      next++;
    } else if (star >= 0) {
      at = star + 1;
      next = ++reached;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
