// Where guestmark keeps what it brought without touching the system.
import { homedir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { joinPaths, splitPaths } from './path-list.ts';

/** `$GUESTMARK_CACHE`, else `guestmark` in the user's cache folder (XDG base directory specification). */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (env.GUESTMARK_CACHE) return resolve(env.GUESTMARK_CACHE);
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'guestmark');
}

const PATH_LISTS = ['LD_LIBRARY_PATH', 'PATH', 'VK_DRIVER_FILES', 'VK_ICD_FILENAMES', 'VK_LAYER_PATH'];

/**
 * `env` without the entries that lead into `folder`: the environment as it was before guestmark added
 * to it, so that a child of a child computes the same additions.
 */
export function environmentOutside(folder: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const outside: NodeJS.ProcessEnv = { ...env };
  for (const name of PATH_LISTS) {
    const entries = splitPaths(env[name]);
    const kept = entries.filter((entry) => !entry.startsWith(folder + sep));
    if (kept.length === entries.length) continue;
    if (kept.length === 0) delete outside[name];
    else outside[name] = joinPaths(kept);
  }
  return outside;
}
