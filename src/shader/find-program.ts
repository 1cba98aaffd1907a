// Finds an executable on this machine by its name, as a shell would, but to an absolute path: tools run in folders
// of their own, where a relative one would lead elsewhere.
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Looks in `PATH`: all its folders for the first name, then all for the second.
 *
 * @returns Undefined where there is none.
 */
export async function findProgram(
  names: readonly string[],
  environment: Environment,
): Promise<string | undefined> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const candidate = resolve(join(folder, `${name}${suffix}`));
      if (await isExecutableFile(candidate)) return candidate;
    }
  }
  return undefined;
}

async function isExecutableFile(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
