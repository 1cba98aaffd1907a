// Puts the description of a machine together. Knows which parts there are and nothing of how they are found out.
import { unavailable } from '../base/availability.ts';
import { describeContainer } from './container.ts';
import { describeCpu } from './cpu.ts';
import { measureExitCost } from './exit-cost.ts';
import { findGpuFunctions } from './gpu-functions.ts';
import { describeKernel } from './kernel.ts';
import type { Machine } from './machine.ts';
import { describeMemory } from './memory.ts';
import type { SystemInfo } from './system-info.ts';
import { describeVirtualization } from './virtualization.ts';

/** What to look at. */
export interface DescribeOptions {
  /** Default true. Takes some 70 ms, because the rate of the TSC is measured. */
  readonly exitCost?: boolean;
}

/** Describes a machine. Never throws: what is not known says why. */
export function describeSystem(machine: Machine, { exitCost = true }: DescribeOptions = {}): SystemInfo {
  return {
    virtualization: describeVirtualization(machine),
    container: describeContainer(machine),
    kernel: describeKernel(machine),
    cpu: describeCpu(machine),
    memory: describeMemory(machine),
    gpus: findGpuFunctions(machine),
    exitCost: exitCost ? measureExitCost(machine) : unavailable('not asked for'),
  };
}
