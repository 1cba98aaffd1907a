// Turns a case into what a device can run: buffers with their contents, kernels, steps. Measures
// nothing.
import { GuestmarkError } from '../base/errors.ts';
import { derivedSeed, type Random, seededRandom } from '../base/random.ts';
import { Scope } from '../base/scope.ts';
import { reflectKernel } from '../shader/reflect.ts';
import { loadShippedKernel } from '../shader/shipped.ts';
import type { ComputeDevice, DeviceBuffer, DeviceStep, Kernel } from '../vulkan/compute-device.ts';
import type { BufferPlan, Elements, ElementType, VerifyContext, WorkStep } from './benchmark.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';
import type { Verification } from './verification.ts';

/** A case on a device. Disposing frees its buffers and kernels. */
export interface PreparedCase extends Disposable {
  readonly steps: readonly DeviceStep[];
  /** Puts the initial contents into every buffer. */
  fill(): void;
  /**
   * Reads every buffer and compares it with the reference.
   *
   * @param iterations Iterations since the last `fill`.
   */
  verify(iterations: number): Verification;
}

/**
 * Prepares a case; the same seed gives the same contents on every machine. The device is asked for its memory
 * first: what it refuses costs no memory and no time here.
 */
export function prepareCase(device: ComputeDevice, one: Case, seed: number): PreparedCase {
  const { benchmark, axes, id } = one;
  return Scope.open((scope) => {
    const plans = Object.entries(benchmark.buffers);
    const buffers = Object.fromEntries(
      plans.map(([name, plan]) => [name, scope.use(createBuffer(device, name, plan, one))]),
    );
    const inputs = Object.fromEntries(
      plans.map(([name, plan]) => [
        name,
        contents(name, plan, one, seededRandom(derivedSeed(seed, `${id}/${name}`))),
      ]),
    );
    const work = callBenchmark(id, 'work()', () => benchmark.work(axes));
    const steps = work.map((step) => deviceStep(device, step, buffers, scope));
    return {
      steps,
      fill: () => {
        for (const [name, buffer] of Object.entries(buffers)) buffer.write(bytesOf(inputs[name] as Elements));
      },
      verify: (iterations) => verified(one, { inputs, outputs: outputsOf(buffers, inputs), iterations }),
      [Symbol.dispose]: () => scope[Symbol.dispose](),
    };
  });
}

interface ElementsConstructor {
  new (length: number): Elements;
  readonly BYTES_PER_ELEMENT: number;
}

const ARRAYS: Readonly<Record<ElementType, ElementsConstructor>> = {
  f32: Float32Array,
  u32: Uint32Array,
  i32: Int32Array,
};

function contents(name: string, plan: BufferPlan, { id, axes }: Case, random: Random): Elements {
  return callBenchmark(id, `filling buffer "${name}"`, () => {
    const elements = new ARRAYS[plan.type](plan.elements(axes));
    if (typeof plan.fill === 'function') plan.fill(elements, axes, random);
    else if (plan.fill === 'random') fillRandom(plan.type, elements, random);
    return elements;
  });
}

/** What a benchmark says of its output; a function that says nothing has verified nothing. */
function verified({ id, benchmark, axes }: Case, context: VerifyContext): Verification {
  const verification: unknown = callBenchmark(id, 'verify()', () => benchmark.verify(axes, context));
  if (typeof Object(verification).ok === 'boolean') return verification as Verification;
  throw new GuestmarkError('usage', `Cannot run ${id}: verify() of the benchmark gives no verification`, {
    hint: 'return what compareElements() or allOf() gives',
  });
}

/** Large buffers repeat their first values; the period is a prime, so no power-of-two stride meets it. */
const RANDOM_PERIOD = 1_048_573;

function fillRandom(type: ElementType, elements: Elements, random: Random): void {
  const draw = type === 'f32' ? () => 2 * random() - 1 : () => Math.floor(random() * 2 ** 32);
  const drawn = Math.min(RANDOM_PERIOD, elements.length);
  for (let i = 0; i < drawn; i++) elements[i] = draw();
  for (let filled = drawn; filled < elements.length; filled += drawn) elements.copyWithin(filled, 0, drawn);
}

function createBuffer(
  device: ComputeDevice,
  name: string,
  plan: BufferPlan,
  { id, axes }: Case,
): DeviceBuffer {
  const elements = callBenchmark(id, `elements() of buffer "${name}"`, () => plan.elements(axes));
  const bytes = elements * ARRAYS[plan.type].BYTES_PER_ELEMENT;
  return device.createBuffer({ name, bytes, memory: plan.memory ?? 'device' });
}

function bytesOf(elements: Elements): Uint8Array {
  return new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
}

/** Reads a buffer when its output is looked at, once: most references look at one of several. */
function outputsOf(buffers: Buffers, inputs: Readonly<Record<string, Elements>>): Record<string, Elements> {
  const outputs: Record<string, Elements> = {};
  for (const [name, buffer] of Object.entries(buffers)) {
    let elements: Elements | undefined;
    const get = (): Elements => {
      elements ??= readElements(buffer, inputs[name] as Elements);
      return elements;
    };
    Object.defineProperty(outputs, name, { get, enumerable: true });
  }
  return outputs;
}

function readElements(buffer: DeviceBuffer, like: Elements): Elements {
  const elements = new (like.constructor as { new (length: number): Elements })(like.length);
  buffer.read(bytesOf(elements));
  return elements;
}

type Buffers = Readonly<Record<string, DeviceBuffer>>;

function deviceStep(device: ComputeDevice, step: WorkStep, buffers: Buffers, scope: Scope): DeviceStep {
  if (step.op === 'fill') return { op: 'fill', buffer: named(buffers, step.buffer), value: step.value };
  if (step.op === 'copy') {
    const [from, to] = [named(buffers, step.from), named(buffers, step.to)];
    return { op: 'copy', from, to, bytes: Math.min(from.bytes, to.bytes) };
  }
  const spirv = typeof step.shader === 'string' ? loadShippedKernel(step.shader) : step.shader;
  const kernel: Kernel = scope.use(device.createKernel(spirv, step.constants ?? {}));
  const bindings = reflectKernel(spirv).bindings.map(
    ({ name }) => [name, named(buffers, step.buffers?.[name] ?? name)] as const,
  );
  const groups =
    'buffer' in step.groups
      ? { buffer: named(buffers, step.groups.buffer), offset: step.groups.offset }
      : step.groups;
  return { op: 'dispatch', kernel, buffers: Object.fromEntries(bindings), push: step.push ?? {}, groups };
}

function named(buffers: Buffers, name: string): DeviceBuffer {
  const buffer = buffers[name];
  if (buffer !== undefined) return buffer;
  throw new GuestmarkError('usage', `Cannot use buffer "${name}": the benchmark declares none of that name`, {
    hint: `declared: ${Object.keys(buffers).join(', ') || 'none'}`,
  });
}
