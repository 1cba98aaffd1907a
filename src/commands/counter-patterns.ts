// Names of counters with `*` for any characters, as a shell has them; case does not matter, nothing else is special.

/** Whether one of the patterns is the whole name. */
export function matchesName(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => expressionOf(pattern).test(name));
}

function expressionOf(pattern: string): RegExp {
  const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${pattern.split(/\*+/).map(literal).join('.*')}$`, 'i');
}
