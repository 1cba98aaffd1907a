// From the steps that a benchmark names to those that a device runs: kernels made, names looked up. Knows nothing of
// contents.
import { GuestmarkError } from '../base/errors.ts';
import { reflectKernel } from '../shader/reflect.ts';
import type { DeviceBuffer, DeviceStep } from '../vulkan/compute-device.ts';
import type { WorkStep } from './benchmark.ts';
import { type CaseKernels, type Dispatch, spirvOf } from './case-kernels.ts';
import { type DeviceBinding, type DeviceBindings, isImage } from './device-bindings.ts';

/** Makes the steps, and those of their kernels that there are not yet. */
export function prepareSteps(
  kernels: CaseKernels,
  work: readonly WorkStep[],
  bindings: DeviceBindings,
): readonly DeviceStep[] {
  return work.map((step) => deviceStep(kernels, step, bindings));
}

function deviceStep(kernels: CaseKernels, step: WorkStep, bindings: DeviceBindings): DeviceStep {
  if (step.op === 'fill') return { op: 'fill', buffer: bufferOf(bindings, step.buffer), value: step.value };
  if (step.op === 'copy') {
    const [from, to] = [bufferOf(bindings, step.from), bufferOf(bindings, step.to)];
    return { op: 'copy', from, to, bytes: Math.min(from.bytes, to.bytes) };
  }
  const kernel = kernels.of(step);
  const given = boundNames(step).map(({ name, to }) => [name, bindingOf(bindings, to)] as const);
  const groups =
    'buffer' in step.groups
      ? { buffer: bufferOf(bindings, step.groups.buffer), offset: step.groups.offset }
      : step.groups;
  return { op: 'dispatch', kernel, buffers: Object.fromEntries(given), push: step.push ?? {}, groups };
}

/** Names of the buffers and images that steps may write, each once. */
export function writtenNames(work: readonly WorkStep[]): readonly string[] {
  const names = work.flatMap((step) => {
    if (step.op === 'fill') return [step.buffer];
    if (step.op === 'copy') return [step.to];
    return boundNames(step).flatMap(({ to, isWritten }) => (isWritten ? [to] : []));
  });
  return [...new Set(names)];
}

/**
 * Whether running the steps again must leave the same as running them once: nothing that they read is written by them.
 * What they read is taken from their kernels' code, where that cannot be followed from what they declare.
 */
export function isRepeatableInPlace(work: readonly WorkStep[]): boolean {
  const read = work.flatMap((step) => {
    if (step.op === 'fill') return [];
    if (step.op === 'copy') return [step.from];
    const indirect = 'buffer' in step.groups ? [step.groups.buffer] : [];
    return [...indirect, ...boundNames(step).flatMap(({ to, isRead }) => (isRead ? [to] : []))];
  });
  return !writtenNames(work).some((name) => read.includes(name));
}

interface BoundName {
  /** In the shader. */
  readonly name: string;
  /** The buffer or image that it is given. */
  readonly to: string;
  readonly isRead: boolean;
  readonly isWritten: boolean;
}

function boundNames(step: Dispatch): readonly BoundName[] {
  return reflectKernel(spirvOf(step), step.entryPoint).bindings.map(({ name, access, use }) => ({
    name,
    to: step.buffers?.[name] ?? name,
    isRead: access !== 'write' && use !== 'write' && use !== 'none',
    isWritten: access !== 'read' && use !== 'read' && use !== 'none',
  }));
}

function bufferOf(bindings: DeviceBindings, name: string): DeviceBuffer {
  const binding = bindingOf(bindings, name);
  if (!isImage(binding)) return binding;
  throw new GuestmarkError(
    'usage',
    `Cannot use image "${name}": only buffers are copied, filled or hold workgroup counts`,
    {
      hint: 'images are for the bindings of a dispatch',
    },
  );
}

function bindingOf(bindings: DeviceBindings, name: string): DeviceBinding {
  const binding = bindings.get(name);
  if (binding !== undefined) return binding;
  throw new GuestmarkError('usage', `Cannot use buffer "${name}": the benchmark declares none of that name`, {
    hint: `declared: ${[...bindings.keys()].join(', ') || 'none'}`,
  });
}
