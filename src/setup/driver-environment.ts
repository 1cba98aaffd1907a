// The environment in which a child process finds what was unpacked. Computed at every start of the
// command line, before any child is spawned (LD_LIBRARY_PATH counts only when a process starts), so it
// reads a few small files and starts nothing.
import { join } from 'node:path';
import { findDriver, isSameDriver } from './find-driver.ts';
import { describeMachine, type Machine } from './machine.ts';
import { joinPaths, splitPaths } from './path-list.ts';
import { readUnpacked, type Unpacked } from './unpacked.ts';
import { type UnpackedName, unpackedFolder } from './unpacked-folder.ts';
import { manifestFolders } from './vulkan-folders.ts';

/**
 * The variables to add to a child's environment; empty where the system's own driver is used or nothing
 * was unpacked. An unpacked driver counts only while the system offers what it offered when setup found
 * no device: once a driver is installed, that one is used.
 */
export function driverEnvironment(
  machine: Machine = describeMachine(),
  names: readonly UnpackedName[] = ['vulkan-driver', 'test-tools'],
): Record<string, string> {
  const parts = names.flatMap((name) => {
    const part = readUnpacked(unpackedFolder(machine, name));
    return part !== undefined && (name !== 'vulkan-driver' || isCurrent(part, machine)) ? [part] : [];
  });
  return composeEnvironment(parts, machine.env);
}

function isCurrent({ record }: Unpacked, machine: Machine): boolean {
  return isSameDriver(record.system, findDriver(machine.files, machine.env));
}

/** The variables that lead to unpacked folders, behind what `env` says already: what the user chose wins. */
export function composeEnvironment(
  parts: readonly Unpacked[],
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  const all = (pick: (part: Unpacked['record']) => readonly (string | null)[]): readonly string[] =>
    parts.flatMap(({ folder, record }) =>
      pick(record).flatMap((path) => (path === null ? [] : [join(folder, path)])),
    );
  const libraries = all((record) => record.libraries);
  const programs = all((record) => record.programs);
  const layers = all((record) => record.layers);
  const drivers = driverManifests(parts);
  const listed = (paths: readonly string[], list: readonly string[]): string | undefined =>
    paths.length === 0 ? undefined : joinPaths(list);
  const variables: Record<string, string | undefined> = {
    LD_LIBRARY_PATH: listed(libraries, [...splitPaths(env.LD_LIBRARY_PATH), ...libraries]),
    PATH: listed(programs, [...splitPaths(env.PATH), ...programs]),
    VK_DRIVER_FILES: listed(drivers, drivers),
    VK_ICD_FILENAMES: listed(drivers, drivers),
    VK_LAYER_PATH: listed(layers, [...layerFolders(env), ...layers]),
    GUESTMARK_VULKAN_HEADERS: all((record) => [record.headers])[0],
    GUESTMARK_VULKAN_REGISTRY: all((record) => [record.registry])[0],
  };
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/**
 * The unpacked drivers, after the system's own where it had drivers and no loader (as in a container
 * that is lent a GPU): those become usable by the unpacked loader.
 */
function driverManifests(parts: readonly Unpacked[]): readonly string[] {
  return parts.flatMap(({ folder, record }) => {
    const own = record.drivers.map((path) => join(folder, path));
    if (own.length === 0) return [];
    return record.system.loader === null ? [...record.system.manifests, ...own] : own;
  });
}

/** VK_LAYER_PATH replaces the loader's own search, so the folders it would have searched are named too. */
function layerFolders(env: NodeJS.ProcessEnv): readonly string[] {
  const chosen = splitPaths(env.VK_LAYER_PATH);
  return chosen.length > 0 ? chosen : manifestFolders('explicit_layer.d', env);
}
