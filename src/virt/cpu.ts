// A placeholder on the work branch only, so that the parts can be built beside each other.
// Whoever builds this part replaces the whole file.
import { unavailable } from '../base/availability.ts';
import type { Machine } from './machine.ts';
import type { CpuInfo } from './system-info.ts';

const NOT_YET = 'not built yet';

export function describeCpu(_machine: Machine): CpuInfo {
  return {
    model: unavailable(NOT_YET),
    logicalCpus: unavailable(NOT_YET),
    sockets: unavailable(NOT_YET),
    coresPerSocket: unavailable(NOT_YET),
    threadsPerCore: unavailable(NOT_YET),
    invariantTsc: unavailable(NOT_YET),
    frequencyGovernor: unavailable(NOT_YET),
    frequencyDriver: unavailable(NOT_YET),
    currentHz: unavailable(NOT_YET),
    maximumHz: unavailable(NOT_YET),
    idleDriver: unavailable(NOT_YET),
    idleGovernor: unavailable(NOT_YET),
  };
}
