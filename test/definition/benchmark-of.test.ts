import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { benchmarkOf } from '../../src/definition/benchmark-of.ts';
import type { ShaderDefinition } from '../../src/definition/definition.ts';
import { loadDefinition } from '../../src/definition/load-definition.ts';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { defineBenchmark } from '../../src/suite/benchmark.ts';
import { planCases } from '../../src/suite/plan.ts';
import { openDevice } from '../../src/vulkan/open-device.ts';
import { glslang } from '../shader/glslang.ts';
import { runOnce } from './run-once.ts';
import { folderOf } from './temporary-folder.ts';

const opened = openDevice({ match: 'llvmpipe' });
afterAll(() => opened[Symbol.dispose]());

function definitionOf(
  text: string,
  parts: Partial<Parameters<typeof loadDefinition>[0]> = {},
): Promise<ShaderDefinition> {
  const path = join(folderOf({ 'x.comp': `#version 450\n${text}` }), 'x.comp');
  const nothing = {
    options: {},
    statements: [],
    module: null,
    isVerifiedElsewhere: false,
    expectFile: null,
    reference: null,
    reach: [],
  };
  return loadDefinition({ ...nothing, path, ...parts });
}

/** Plans the benchmark as `guestmark run` does, and runs its first case once. */
async function runs(text: string) {
  const definition = await definitionOf(text);
  // As it arrives in the process that measures.
  const benchmark = defineBenchmark(benchmarkOf(JSON.parse(JSON.stringify(definition))));
  const cases = planCases([benchmark], { suite: 'quick', selectors: ['x'], axes: {} });
  const [first] = cases;
  if (first === undefined) throw new Error('there is no case');
  const context = runOnce(opened.device, first);
  return {
    benchmark,
    ids: cases.map(({ id }) => id),
    context,
    verification: benchmark.verify(first.axes, context),
  };
}

const HEAD = `
#pragma guestmark axis n = 1000, 2000
layout(local_size_x = 64) in;
`;

describe.skipIf(glslang === undefined)('benchmarkOf()', () => {
  it('makes a benchmark of a shader and its pragmas that computes what it should', async () => {
    const { benchmark, ids, context, verification } = await runs(`${HEAD}
#pragma guestmark axis WIDE = 1, 2
#pragma guestmark axis a = 3
#pragma guestmark fill x = index
#pragma guestmark fill y = 0.5
#pragma guestmark flops 2 * n
#pragma guestmark expect y = 3 * i + 0.5
#pragma guestmark requires shaderFloat64
#pragma guestmark requires shaderFloat64
layout(constant_id = 5) const uint WIDE = 1;
layout(push_constant) uniform Push { uint n; float a; };
layout(binding = 0) readonly buffer X { float x[]; };
layout(binding = 1) buffer Y { float y[]; };
void main() { uint i = gl_GlobalInvocationID.x; if (i < n && WIDE == 1) y[i] += a * x[i]; }`);
    expect(ids).toHaveLength(4);
    expect(verification).toEqual({ ok: true, checked: 1000 });
    expect([context.outputs.y?.[999], context.inputs.x?.[999]]).toEqual([2997.5, 999]);
    const axes = { n: 1000, WIDE: 1, a: 3 };
    expect([benchmark.bytes?.(axes), benchmark.flops?.(axes), benchmark.items?.(axes)]).toEqual([
      12000, 2000, 1000,
    ]);
    expect(benchmark.needs).toEqual(['shaderFloat64']);
    expect(benchmark.work(axes)[0]).toMatchObject({
      entryPoint: 'main',
      groups: [16, 1, 1],
      constants: { WIDE: 1 },
    });
    expect(benchmark.buffers.x).toMatchObject({ type: 'f32', usage: 'storage', guardBytes: 0 });
    expect(benchmark.buffers.y?.guardBytes).toBeGreaterThan(0);
    expect([benchmark.verifies, benchmark.repeatable]).toEqual(['one iteration', []]);
  });

  it('puts members of uniform blocks, of headers and of push constants in their places', async () => {
    const { context, verification, benchmark } = await runs(`${HEAD}
#pragma guestmark set m = 1, 2, 3, 4
#pragma guestmark set lights[1].color = 5, 6, 7
#pragma guestmark set lights[0].color = 0
#pragma guestmark set k = 1, 2
#pragma guestmark expect y = 2 + 5 + 7 + 2 + n
struct Light { vec3 color; };
layout(push_constant) uniform Push { ivec2 k; };
layout(set = 1, binding = 3, std140) uniform U { mat2 m; Light lights[2]; uint n; };
layout(binding = 0) buffer Y { uint hits; vec4 pad; uint y[]; };
void main() {
  uint i = gl_GlobalInvocationID.x;
  atomicAdd(hits, 1);
  if (i < n) y[i] = uint(m[0][1] + lights[1].color.x + lights[1].color.z) + k.y + n;
}`);
    expect(verification).toEqual({ ok: true, checked: 1000 });
    expect(benchmark.buffers.y?.type).toBe('u8');
    expect(new DataView(context.outputs.y?.buffer as ArrayBuffer).getUint32(0, true)).toBe(1024);
  });

  it('expects a number of a block without an array', async () => {
    const { verification } = await runs(`
#pragma guestmark expect result = n
#pragma guestmark axis n = 64
layout(local_size_x = 64) in;
layout(push_constant) uniform Push { uint n; };
layout(binding = 0) buffer R { uint result; };
void main() { if (gl_GlobalInvocationID.x < n) atomicAdd(result, 1); }`);
    expect(verification).toEqual({ ok: true, checked: 1 });
  });

  it('finds a wrong output', async () => {
    const { verification } = await runs(`${HEAD}
#pragma guestmark expect y = i
layout(binding = 0) buffer Y { uint y[]; };
void main() { uint i = gl_GlobalInvocationID.x; if (i < y.length()) y[i] = i == 77 ? 0 : i; }`);
    expect(verification).toMatchObject({
      ok: false,
      mismatches: 1,
      first: { what: 'y', index: 77, actual: 0, expected: 77 },
    });
  });

  it('sizes images and dispatches by their texels', async () => {
    const { ids, context, benchmark } = await runs(`
#pragma guestmark axis width = 20
layout(local_size_x = 8, local_size_y = 8) in;
layout(binding = 0, r32ui) uniform writeonly uimage2D img;
void main() {
  ivec2 p = ivec2(gl_GlobalInvocationID.xy);
  if (all(lessThan(p, imageSize(img)))) imageStore(img, p, uvec4(p.x + 100 * p.y));
}`);
    expect(ids).toEqual(['x[height=1Ki,width=20]']);
    expect(benchmark.buffers.img?.image?.extent({ width: 20, height: 1024 })).toEqual([20, 1024, 1]);
    expect(context.outputs.img?.[20 * 3 + 7]).toBe(307);
  });

  it('runs another kernel on the same buffers', async () => {
    const shader = (line: string): string => `${HEAD}
layout(push_constant) uniform Push { uint n; };
layout(binding = 0) readonly buffer X { float x[]; };
layout(binding = 1) writeonly buffer Y { float y[]; };
void main() { uint i = gl_GlobalInvocationID.x; if (i < n) ${line} }`;
    const from = { kind: 'command line', place: null } as const;
    const other = await definitionOf(shader('y[i] = x[i] + x[i];').replace('n = 1000, 2000', 'n = 5'));
    const definition = await definitionOf(shader('y[i] = 2 * x[i];'), {
      reference: { value: { definition: other, tolerance: 0 }, from },
    });
    const benchmark = benchmarkOf(definition);
    const axes = { n: 1000 };
    const context = runOnce(opened.device, { id: 'x', benchmark, axes });
    expect(context.outputs.y).not.toEqual(context.inputs.y);
    expect(benchmark.verify(axes, context)).toEqual({ ok: true, checked: 1000 });
    const wrong = { ...context.reference, y: new Float32Array(1000).fill(9, 5, 6) };
    expect(benchmark.verify(axes, { ...context, reference: wrong }).ok).toBe(false);
  });

  it('refuses cases that make no sense before anything runs', async () => {
    const text = `${HEAD}
layout(push_constant) uniform Push { uint n; };
layout(binding = 0) buffer Y { float y[]; };
void main() { if (gl_GlobalInvocationID.x < n) y[gl_GlobalInvocationID.x] = 1; }`;
    const benchmark = benchmarkOf(await definitionOf(text));
    const plan = (n: number) => () =>
      planCases([benchmark], { suite: 'quick', selectors: ['x'], axes: { n: [n] } });
    expect(plan(0.5)).toThrow('Cannot size binding "y": 0.5 is no number of elements');
    expect(plan(0)).toThrow('Cannot size binding "y": 0');
    expect(plan(2 ** 40)).toThrow('Cannot run x[n=1Ti]: buffer "y" would have');
    const flops = benchmarkOf(
      await definitionOf(text.replace('#pragma', '#pragma guestmark flops 0 - n\n#pragma')),
    );
    expect(() => planCases([flops], { suite: 'quick', selectors: ['x'], axes: {} })).toThrow(
      'would count -1000 flops',
    );
  });

  it('gives each buffer the widest type of its scalars that leaves no gaps', async () => {
    const definition = await definitionOf(`${HEAD}
struct Both { float a; uint b; };
layout(binding = 0) buffer A { vec2 a[]; };
layout(binding = 1) buffer B { vec3 b[]; };
layout(binding = 2) buffer C { Both c[]; };
layout(binding = 3) buffer D { ivec4 d[]; };
layout(binding = 4) buffer E { double e[]; };
layout(binding = 5) buffer F { uint count; uint f[]; };
void main() { a[0].x = 1; b[0].x = 1; c[0].a = 1; d[0].x = 1; e[0] = 1; f[0] = 1; }`);
    const { buffers } = benchmarkOf(definition);
    expect(
      reflectKernel(Buffer.from(definition.spirv, 'base64')).bindings.map(({ name }) => [
        name,
        buffers[name]?.type,
      ]),
    ).toEqual([
      ['a', 'f32'],
      ['b', 'u8'],
      ['c', 'u8'],
      ['d', 'i32'],
      ['e', 'f64'],
      ['f', 'u8'],
    ]);
    expect(Object.values(buffers).map((plan) => plan.elements({ n: 10 }))).toEqual([20, 160, 80, 40, 10, 44]);
  });
});
