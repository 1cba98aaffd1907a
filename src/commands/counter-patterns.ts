// Names of counters with `*` for any characters, as a shell has them; case does not matter, nothing else is special.

/** Whether one of the patterns is the whole name. */
export function matchesName(patterns: readonly string[], name: string): boolean {
  const lower = name.toLowerCase();
  return patterns.some((pattern) => matches(pattern.toLowerCase().split('*'), lower));
}

/** Each part at its first place behind the one before: no regular expression, which many `*` would make slow. */
function matches([first = '', ...rest]: readonly string[], name: string): boolean {
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
