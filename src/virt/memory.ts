// A placeholder on the work branch only, so that the parts can be built beside each other.
// Whoever builds this part replaces the whole file.
import { unavailable } from '../base/availability.ts';
import type { Machine } from './machine.ts';
import type { MemoryInfo } from './system-info.ts';

const NOT_YET = 'not built yet';

export function describeMemory(_machine: Machine): MemoryInfo {
  return {
    totalBytes: unavailable(NOT_YET),
    numaNodes: unavailable(NOT_YET),
    transparentHugePages: unavailable(NOT_YET),
    reservedHugePages: unavailable(NOT_YET),
  };
}
