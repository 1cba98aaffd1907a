// A placeholder on the work branch only, so that the parts can be built beside each other.
// Whoever builds this part replaces the whole file.
import { unavailable } from '../base/availability.ts';
import type { Machine } from './machine.ts';
import type { ContainerInfo } from './system-info.ts';

const NOT_YET = 'not built yet';

export function describeContainer(_machine: Machine): ContainerInfo {
  return {
    container: unavailable(NOT_YET),
    claims: [],
    namespaces: unavailable(NOT_YET),
    scheduler: unavailable(NOT_YET),
    cpuQuota: unavailable(NOT_YET),
    throttledNs: unavailable(NOT_YET),
    throttledPeriods: unavailable(NOT_YET),
    memoryLimitBytes: unavailable(NOT_YET),
    allowedCpus: unavailable(NOT_YET),
    contradictions: [],
  };
}
