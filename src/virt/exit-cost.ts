// A placeholder on the work branch only, so that the parts can be built beside each other.
// Whoever builds this part replaces the whole file.
import { unavailable } from '../base/availability.ts';
import type { Finding } from './finding.ts';
import type { Machine } from './machine.ts';
import type { ExitCost } from './system-info.ts';

export function measureExitCost(_machine: Machine): Finding<ExitCost> {
  return unavailable('not built yet');
}
