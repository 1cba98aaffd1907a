// A placeholder on the work branch only, so that the parts can be built beside each other.
// Whoever builds this part replaces the whole file.
import { unavailable } from '../base/availability.ts';
import type { Machine } from './machine.ts';
import type { VirtualizationInfo } from './system-info.ts';

const NOT_YET = 'not built yet';

export function describeVirtualization(_machine: Machine): VirtualizationInfo {
  return {
    virtual: unavailable(NOT_YET),
    hypervisor: unavailable(NOT_YET),
    monitor: unavailable(NOT_YET),
    vendorString: unavailable(NOT_YET),
    signatures: unavailable(NOT_YET),
    version: unavailable(NOT_YET),
    features: unavailable(NOT_YET),
    stealClock: unavailable(NOT_YET),
    stableClock: unavailable(NOT_YET),
    pvSpinlocks: unavailable(NOT_YET),
    dedicatedCpus: unavailable(NOT_YET),
    nested: unavailable(NOT_YET),
    canHostGuests: unavailable(NOT_YET),
    confidential: unavailable(NOT_YET),
    cloud: unavailable(NOT_YET),
    vmGenerationId: unavailable(NOT_YET),
    vmClock: unavailable(NOT_YET),
    evidence: [],
    contradictions: [],
  };
}
