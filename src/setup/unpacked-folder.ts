// Names the folders that guestmark unpacks into: one for each distribution, version and architecture.
import { join } from 'node:path';
import { type LinuxDistribution, machineKey } from './linux-distribution.ts';
import type { Machine } from './machine.ts';

/** The folders that guestmark unpacks into, by what they hold. */
export type UnpackedName = 'vulkan-driver' | 'test-tools' | 'slurm';

/** The folder for `name` on machines of this kind: a home folder may be shared by machines that differ. */
export function unpackedFolder(machine: Machine, name: UnpackedName): string {
  return unpackedPath(machine.cacheFolder, machine.distribution, name);
}

/** The same of a cache folder and a distribution. */
export function unpackedPath(cache: string, distribution: LinuxDistribution, name: UnpackedName): string {
  return join(cache, `${name}-${machineKey(distribution)}`);
}
