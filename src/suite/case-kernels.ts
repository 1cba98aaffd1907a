// The kernels of a case: one for each shader and its constants, however many steps name it. A pipeline is compiled at its
// first dispatch, or even for every one that is made, and that is no part of what a benchmark measures.
import type { Scope } from '../base/scope.ts';
import { loadShippedKernel } from '../shader/shipped.ts';
import type { ComputeDevice, Kernel } from '../vulkan/compute-device.ts';
import type { WorkStep } from './benchmark.ts';

/** A step that runs a kernel. */
export type Dispatch = WorkStep & { readonly op: 'dispatch' };

/** Makes kernels once. */
export interface CaseKernels {
  of(step: Dispatch): Kernel;
  /** How many were made so far. */
  count(): number;
}

/** Kernels on a device; `scope` frees them. */
export function caseKernels(device: ComputeDevice, scope: Scope): CaseKernels {
  const byShader = new Map<Dispatch['shader'], Map<string, Kernel>>();
  let count = 0;
  const make = (step: Dispatch): Kernel => {
    count++;
    return scope.use(device.createKernel(spirvOf(step), step.constants ?? {}, step.entryPoint));
  };
  return {
    of: (step) => {
      const kernels = byShader.get(step.shader) ?? new Map<string, Kernel>();
      byShader.set(step.shader, kernels);
      const key = keyOf(step);
      const kernel = kernels.get(key) ?? make(step);
      kernels.set(key, kernel);
      return kernel;
    },
    count: () => count,
  };
}

/** Values keep their kind: 5 and 5n, 0 and -0 are constants of different bits. */
function keyOf({ entryPoint, constants = {} }: Dispatch): string {
  const scalar = (value: number | bigint): string =>
    typeof value === 'bigint' ? `${value}n` : Object.is(value, -0) ? '-0' : String(value);
  const values = Object.entries(constants).map(
    ([name, value]) => `${name}=${(typeof value === 'object' ? value : [value]).map(scalar).join()}`,
  );
  return [entryPoint ?? '', ...values.sort()].join('\n');
}

/** The SPIR-V that a step runs. */
export function spirvOf({ shader }: Dispatch): Uint8Array {
  return typeof shader === 'string' ? loadShippedKernel(shader) : shader;
}
