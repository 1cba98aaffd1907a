// Whether the dynamic linker would find a library, told without starting a program.
import { join } from 'node:path';
import type { SystemFiles } from '../base/system-files.ts';
import { folderNames } from './folder-names.ts';
import { splitPaths } from './path-list.ts';

const STANDARD_FOLDERS = ['/lib64', '/usr/lib64', '/lib', '/usr/lib', '/usr/local/lib'];
const FOREIGN = /\/(i386-linux-gnu|lib32)\//;

/** The path under which the dynamic linker finds `name` (such as `libvulkan.so.1`), if it does. */
export function findLibrary(name: string, files: SystemFiles, env: NodeJS.ProcessEnv): string | undefined {
  return (
    inFolders(name, splitPaths(env.LD_LIBRARY_PATH), files) ??
    inLinkerCache(name, files) ??
    inFolders(name, STANDARD_FOLDERS, files)
  );
}

function inFolders(name: string, folders: readonly string[], files: SystemFiles): string | undefined {
  const folder = folders.find((candidate) => folderNames(files, candidate).includes(name));
  return folder === undefined ? undefined : join(folder, name);
}

/** `/etc/ld.so.cache` holds the paths as zero-terminated strings; it is what `ldconfig -p` prints. */
function inLinkerCache(name: string, files: SystemFiles): string | undefined {
  const cache = files.read('/etc/ld.so.cache');
  if (!cache.available) return undefined;
  return cache.value
    .split('\0')
    .find((text) => text.startsWith('/') && text.endsWith(`/${name}`) && !FOREIGN.test(text));
}
