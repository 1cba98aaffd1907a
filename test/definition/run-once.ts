// One iteration of a shader's benchmark on a device, with nothing of the suite: what the definition says of buffers, push
// constants and groups is then seen in what the kernel wrote.
import { seededRandom } from '../../src/base/random.ts';
import { Scope } from '../../src/base/scope.ts';
import type { AxisPoint, Benchmark, Elements, VerifyContext } from '../../src/suite/benchmark.ts';
import type { ComputeDevice, Groups } from '../../src/vulkan/compute-device.ts';

const ARRAYS = {
  f32: Float32Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
  u16: Uint16Array,
  i16: Int16Array,
  u8: Uint8Array,
  i8: Int8Array,
} as const;

const bytesOf = ({ buffer, byteOffset, byteLength }: Elements): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Fills all buffers, runs the work once, and gives what was and what is in them. */
export function runOnce(device: ComputeDevice, benchmark: Benchmark, axes: AxisPoint): VerifyContext {
  using scope = new Scope();
  const inputs: Record<string, Elements> = {};
  const buffers = Object.entries(benchmark.buffers).map(([name, plan]) => {
    const elements = new ARRAYS[plan.type](plan.elements(axes));
    if (typeof plan.fill === 'function') plan.fill(elements, axes, seededRandom(1));
    inputs[name] = elements;
    const image = plan.image;
    const resource = scope.use(
      image === undefined
        ? device.createBuffer({
            name,
            bytes: elements.byteLength,
            memory: 'device',
            usage: plan.usage ?? 'storage',
          })
        : device.createImage({ ...image, name, extent: image.extent(axes) }),
    );
    resource.write(bytesOf(elements));
    return [name, resource] as const;
  });
  const steps = benchmark.work(axes).map((step) => {
    if (step.op !== 'dispatch' || typeof step.shader === 'string')
      throw new Error('it is no dispatch of a shader');
    const kernel = scope.use(device.createKernel(step.shader, step.constants ?? {}, step.entryPoint));
    const groups = step.groups as Groups;
    return {
      op: 'dispatch',
      kernel,
      buffers: Object.fromEntries(buffers),
      push: step.push ?? {},
      groups,
    } as const;
  });
  const submission = scope.use(device.record({ steps, iterations: 1, timestamps: false }));
  submission.submit();
  submission.wait('block', 20e9);
  const outputs = Object.fromEntries(
    buffers.map(([name, resource]) => {
      const elements = structuredClone(inputs[name] as Elements);
      resource.read(bytesOf(elements));
      return [name, elements];
    }),
  );
  return { inputs, outputs, iterations: 1, first: null, reference: null };
}
