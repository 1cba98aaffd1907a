// Turns a case into what a device can run: buffers and images with their contents, kernels, steps. Measures nothing and
// judges nothing.
import { Scope } from '../base/scope.ts';
import type { ComputeDevice, DeviceStep } from '../vulkan/compute-device.ts';
import { availableMemoryBytes } from './available-memory.ts';
import type { AxisPoint, Elements, WorkStep } from './benchmark.ts';
import { callBenchmark } from './call-benchmark.ts';
import { contentsOf } from './case-contents.ts';
import type { Case } from './case-id.ts';
import { caseKernels } from './case-kernels.ts';
import { checkMemory } from './case-memory.ts';
import { checkNeeds } from './check-needs.ts';
import {
  createBindings,
  type DeviceBinding,
  type DeviceBindings,
  fillBinding,
  readBinding,
  type TouchedGuard,
  touchedGuard,
} from './device-bindings.ts';
import { isRepeatableInPlace, prepareSteps, writtenNames } from './prepare-steps.ts';
import type { SessionOptions } from './session.ts';
import { type SizedBinding, sizeBindings } from './sized-bindings.ts';

/** Steps on a device, and the names of what they write. */
export interface PreparedWork extends Disposable {
  readonly steps: readonly DeviceStep[];
  readonly written: readonly string[];
}

/** Steps of a case at another point of its axes. */
interface StepsAt {
  readonly steps: readonly DeviceStep[];
  /** Whether a kernel of theirs is new, and so not compiled. */
  readonly hasNewKernels: boolean;
}

/** A case on a device. Disposing frees its buffers, images and kernels. */
export interface PreparedCase extends PreparedWork {
  readonly bindings: readonly SizedBinding[];
  /** Initial contents by name. */
  readonly inputs: Readonly<Record<string, Elements>>;
  /** Whether any number of iterations must leave what one leaves. */
  readonly isRepeatable: boolean;
  /** Puts the initial contents into every buffer and image, and the pattern into the guard bytes. */
  fill(): void;
  /** Contents of a buffer or image now, as elements of their own. */
  read(name: string): Elements;
  /** The first write behind the end of a buffer since `fill`. */
  touchedGuard(): TouchedGuard | null;
  /** The steps at another point of the axes on the same buffers. */
  prepareAt(axes: AxisPoint): StepsAt;
  /** The work of the benchmark's reference on the same buffers, null without one; its owner disposes it. */
  prepareReference(): PreparedWork | null;
}

/**
 * Prepares a case; the same seed gives the same contents on every machine. Its size is compared with the memory there
 * is, and the device is asked for its memory first: what is refused costs no memory and no time here.
 */
export function prepareCase(
  device: ComputeDevice,
  one: Case,
  { seed, memoryLimitBytes }: Pick<SessionOptions, 'seed' | 'memoryLimitBytes'>,
): PreparedCase {
  const { benchmark, id, axes } = one;
  checkNeeds(one, device.info);
  return Scope.open((scope) => {
    const sized = sizeBindings(one);
    const work = callBenchmark(id, 'work()', () => benchmark.work(axes));
    const written = withRepeatable(writtenNames(work), benchmark.repeatable);
    checkMemory(
      one,
      sized,
      { written, copies: copiesKept(one) },
      {
        device: device.info,
        limitBytes: memoryLimitBytes,
        availableBytes: availableMemoryBytes(),
      },
    );
    const bindings = createBindings(device, sized, id, scope);
    const kernels = caseKernels(device, scope);
    const inputs = Object.fromEntries(sized.map((binding) => [binding.name, contentsOf(one, binding, seed)]));
    const readers = new Map(
      sized.map((size) => [size.name, () => readBinding(bindings.get(size.name) as DeviceBinding, size)]),
    );
    return {
      steps: prepareSteps(kernels, work, bindings),
      written,
      bindings: sized,
      inputs,
      isRepeatable: isRepeatableInPlace(work),
      fill: () => {
        for (const size of sized)
          fillBinding(bindings.get(size.name) as DeviceBinding, size, inputs[size.name] as Elements);
      },
      read: (name) => (readers.get(name) as () => Elements)(),
      touchedGuard: () => touchedGuard(bindings, sized),
      prepareAt: (point) => {
        const before = kernels.count();
        const other = callBenchmark(id, 'work()', () => benchmark.work(point));
        const steps = prepareSteps(kernels, other, bindings);
        return { steps, hasNewKernels: kernels.count() > before };
      },
      prepareReference: () => {
        const reference = callBenchmark(id, 'reference()', () => benchmark.reference?.(axes));
        return reference === undefined ? null : preparedWork(device, reference, bindings);
      },
      [Symbol.dispose]: () => scope[Symbol.dispose](),
    };
  });
}

function preparedWork(
  device: ComputeDevice,
  work: readonly WorkStep[],
  bindings: DeviceBindings,
): PreparedWork {
  return Scope.open((scope) => ({
    steps: prepareSteps(caseKernels(device, scope), work, bindings),
    written: writtenNames(work),
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  }));
}

/** What must repeat is looked at, whether the shader is known to write it or not. */
function withRepeatable(written: readonly string[], repeatable: readonly string[] = []): readonly string[] {
  return [...new Set([...written, ...repeatable])];
}

/** Copies of the outputs that verification holds at once: those of now, of the first check, of the reference. */
function copiesKept({ benchmark }: Case): number {
  const first = benchmark.verifies === 'one iteration' ? 1 : 0;
  return 1 + first + (benchmark.reference === undefined ? 0 : 1);
}
