// Colon-separated path lists, as in PATH and LD_LIBRARY_PATH. Pure; knows no variable by name.

/** The non-empty entries of a path list. */
export function splitPaths(list: string | undefined): readonly string[] {
  return (list ?? '').split(':').filter((entry) => entry !== '');
}

/** A path list of `entries`, each once, in order. */
export function joinPaths(entries: readonly string[]): string {
  return [...new Set(entries)].join(':');
}
