// What an operating system error says about a path that a user gave to be read, in words. Knows nothing of what was to
// be found there.

const STATES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  ERR_INVALID_ARG_VALUE: 'its name has a null character in it',
};

/** The state of a path: `there is no such file or folder`. */
export function pathProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return STATES[code ?? ''] ?? `it cannot be read (${code ?? message})`;
}
