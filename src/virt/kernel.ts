// A placeholder on the work branch only, so that the parts can be built beside each other.
// Whoever builds this part replaces the whole file.
import { unavailable } from '../base/availability.ts';
import type { Machine } from './machine.ts';
import type { KernelInfo } from './system-info.ts';

const NOT_YET = 'not built yet';

export function describeKernel(_machine: Machine): KernelInfo {
  return {
    release: unavailable(NOT_YET),
    distribution: unavailable(NOT_YET),
    clocksource: unavailable(NOT_YET),
    availableClocksources: unavailable(NOT_YET),
    paravirtTimeAccounting: unavailable(NOT_YET),
    irqTimeAccounting: unavailable(NOT_YET),
    bootParameters: unavailable(NOT_YET),
    perfEventParanoid: unavailable(NOT_YET),
  };
}
