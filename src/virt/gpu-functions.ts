// A placeholder on the work branch only, so that the parts can be built beside each other.
// Whoever builds this part replaces the whole file.
import { unavailable } from '../base/availability.ts';
import type { Finding } from './finding.ts';
import type { Machine } from './machine.ts';
import type { GpuFunction } from './system-info.ts';

export function findGpuFunctions(_machine: Machine): Finding<readonly GpuFunction[]> {
  return unavailable('not built yet');
}
