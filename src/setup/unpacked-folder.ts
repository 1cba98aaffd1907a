// Names the folders that guestmark unpacks into: one for each distribution, version and architecture.
import { join } from 'node:path';
import { machineKey } from './linux-distribution.ts';
import type { Machine } from './machine.ts';

/** The folders that guestmark unpacks into, by what they hold. */
export type UnpackedName = 'vulkan-driver' | 'test-tools';

/** The folder for `name` on machines of this kind: a home folder may be shared by machines that differ. */
export function unpackedFolder(machine: Machine, name: UnpackedName): string {
  return join(machine.cacheFolder, `${name}-${machineKey(machine.distribution)}`);
}
