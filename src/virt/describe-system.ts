// Puts the description of a machine together. Knows which parts there are and nothing of how they are found out.
import { unavailable } from '../base/availability.ts';
import { describeContainer } from './container.ts';
import { describeCpu } from './cpu.ts';
import { measureExitCost } from './exit-cost.ts';
import { findGpuFunctions } from './gpu-functions.ts';
import { describeKernel } from './kernel.ts';
import type { Machine } from './machine.ts';
import { describeMemory } from './memory.ts';
import { rememberFiles } from './remember-files.ts';
import type { SystemInfo } from './system-info.ts';
import { describeVirtualization } from './virtualization.ts';

/** What to look at. */
export interface DescribeOptions {
  /** Default true. Takes some 70 ms, because the rate of the TSC is measured. */
  readonly exitCost?: boolean;
}

/** Describes a machine. Never throws: what is not known says why. */
export function describeSystem(machine: Machine, { exitCost = true }: DescribeOptions = {}): SystemInfo {
  const once: Machine = { ...machine, files: rememberFiles(machine.files) };
  return {
    virtualization: describeVirtualization(once),
    container: describeContainer(once),
    kernel: describeKernel(once),
    cpu: describeCpu(once),
    memory: describeMemory(once),
    gpus: findGpuFunctions(once),
    exitCost: exitCost ? measureExitCost(once) : unavailable('not asked for'),
  };
}
