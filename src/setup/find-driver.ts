// What the system offers the Vulkan loader: the loader itself and the driver manifests. Whether a
// device comes of it is not to be seen here: see probe-devices.ts.
import { join } from 'node:path';
import type { SystemFiles } from '../base/system-files.ts';
import { findLibrary } from './find-library.ts';
import { folderNames } from './folder-names.ts';
import { splitPaths } from './path-list.ts';
import { manifestFolders } from './vulkan-folders.ts';

/** The loader and the drivers that a program finds under an environment. */
export interface FoundDriver {
  /** The path of `libvulkan.so.1`, or `null`. */
  readonly loader: string | null;
  /** The paths of the driver (ICD) manifests, in the loader's order. */
  readonly manifests: readonly string[];
}

/** Looks where the loader would look, without loading anything. */
export function findDriver(files: SystemFiles, env: NodeJS.ProcessEnv): FoundDriver {
  return { loader: findLibrary('libvulkan.so.1', files, env) ?? null, manifests: findManifests(files, env) };
}

function findManifests(files: SystemFiles, env: NodeJS.ProcessEnv): readonly string[] {
  const chosen = splitPaths(env.VK_DRIVER_FILES || env.VK_ICD_FILENAMES);
  if (chosen.length > 0) return chosen.filter((path) => files.read(path).available);
  return manifestFolders('icd.d', env).flatMap((folder) =>
    folderNames(files, folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name)),
  );
}

/** Whether nothing that setup had seen has changed since. */
export function isSameDriver(one: FoundDriver, other: FoundDriver): boolean {
  return one.loader === other.loader && one.manifests.join(':') === other.manifests.join(':');
}
