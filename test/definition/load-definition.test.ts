import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchmarkName, loadDefinition, type ShaderRequest } from '../../src/definition/load-definition.ts';
import { glslang } from '../shader/glslang.ts';
import { rejectionText } from './error-text.ts';
import { said } from './interfaces.ts';
import { folderOf } from './temporary-folder.ts';

const NOTHING = {
  options: {},
  statements: [],
  module: null,
  isVerifiedElsewhere: false,
  expectFile: null,
  reference: null,
  reach: [],
} as const;

const SAXPY = `#version 450
#pragma guestmark axis n = 1Ki, 4Ki
#pragma guestmark flops 2 * n // multiply and add
#pragma guestmark fill x = file "x.bin"
layout(local_size_x = 64) in;
layout(push_constant) uniform Push { uint n; float a; };
layout(binding = 0) readonly buffer X { float x[]; };
layout(binding = 1) buffer Y { float y[]; };
void main() { uint i = gl_GlobalInvocationID.x; if (i < n) y[i] += a * x[i]; }
`;

const load = (text: string, parts: Partial<ShaderRequest> = {}) => {
  const path = join(folderOf({ 'Saxpy_2.comp': text, 'x.bin': '' }), 'Saxpy_2.comp');
  return { path, definition: loadDefinition({ ...NOTHING, path, ...parts }) };
};

describe.skipIf(glslang === undefined)('loadDefinition()', () => {
  it('merges what conventions, the shader, its pragmas and the command line say, with the places', async () => {
    const { path, definition } = load(SAXPY, {
      statements: said('command line', 'axis a = 2', 'flops 3 * n'),
    });
    expect(await definition).toMatchObject({
      name: { value: 'saxpy-2', from: { kind: 'convention' } },
      path,
      language: 'glsl',
      axes: {
        n: { value: [1024, 4096], from: { kind: 'pragma', place: 'Saxpy_2.comp:2' } },
        a: { value: [2], from: { kind: 'command line' } },
      },
      values: { n: { value: [{ text: 'n' }] }, a: { value: [{ text: 'a' }] } },
      flops: { value: { text: '3 * n' }, from: { kind: 'command line' } },
      bindings: {
        x: { fill: { value: { kind: 'file', path: join(path, '../x.bin') } }, expect: null },
        y: { fill: { value: { kind: 'random' } }, expect: { value: { what: { kind: 'itself' } } } },
      },
    });
  });

  it('names the shader and the line of what is wrong', async () => {
    const { path, definition } = load(SAXPY);
    expect(await rejectionText(definition)).toBe(
      `Cannot run ${path}: push constant "a" has no value; add "#pragma guestmark axis a = 1" to the shader, or give --axis a=1`,
    );
    expect(await rejectionText(load(SAXPY.replace('flops 2', 'flop 2')).definition)).toContain(
      'Cannot read "flop 2 * n" (Saxpy_2.comp:3): "flop" is no key; known: axis',
    );
    const unknown = load(SAXPY.replace('fill x', 'fill w')).definition;
    expect(await rejectionText(unknown)).toContain('(Saxpy_2.comp:4): it has no binding "w"; it has x, y');
  });

  it('takes a file that the only output must be equal to', async () => {
    const statements = said('command line', 'axis a = 2');
    const expectFile = { name: null, path: '/data/y.bin', tolerance: 0.5 };
    const { bindings } = await load(SAXPY, { statements, expectFile }).definition;
    expect(bindings.y?.expect).toEqual({
      value: { what: { kind: 'file', path: '/data/y.bin' }, tolerance: 0.5 },
      from: { kind: 'command line', place: '--expect' },
    });
    const two = SAXPY.replace('readonly buffer X', 'buffer X').replace('y[i] +=', 'x[i] = 1; y[i] +=');
    expect(await rejectionText(load(two, { statements, expectFile }).definition)).toMatch(
      /it has 2 outputs; name one: --expect x=\/data\/y.bin or --expect y=\/data\/y.bin$/,
    );
  });

  it('takes another shader as the reference only where it works on the same bindings', async () => {
    const statements = said('command line', 'axis a = 2');
    const from = { kind: 'command line', place: '--reference' } as const;
    const reference = async (text: string) => ({
      value: { definition: await load(text, { statements }).definition, tolerance: 0 },
      from,
    });
    const same = await load(SAXPY, { statements, reference: await reference(SAXPY) }).definition;
    expect(basename(same.reference?.value.definition.path ?? '')).toBe('Saxpy_2.comp');
    const other = await reference(SAXPY.replace('fill x', 'fill z').replaceAll('x[', 'z['));
    expect(await rejectionText(load(SAXPY, { statements, reference: other }).definition)).toContain(
      'it has a binding "z" that ',
    );
  });

  it('tells of a file that is missing', async () => {
    const { definition } = load(SAXPY.replace('x.bin', 'none.bin'), {
      statements: said('command line', 'axis a = 2'),
    });
    expect(await rejectionText(definition)).toMatch(
      /^Cannot read .*none\.bin \(Saxpy_2\.comp:4\): there is no such file;/,
    );
  });

  it('reads no pragma from a comment', async () => {
    const commented = SAXPY.replace('#pragma guestmark axis n', '// #pragma guestmark axis n');
    const { axes } = await load(commented, { statements: said('command line', 'axis a = 2') }).definition;
    expect(axes.n?.from.kind).toBe('convention');
  });
});

describe('benchmarkName()', () => {
  it.each([
    ['a/My_Kernel.comp', 'my-kernel'],
    ['x.comp.glsl', 'x'],
    ['x.comp.spv', 'x'],
    ['3d copy.hlsl', 'd-copy'],
    ['été.spvasm', 't'],
    ['42.comp', 'shader'],
    ['--.comp', 'shader'],
    ['reduce.v2.comp', 'reduce-v2'],
  ])('of %s is %s', (path, name) => {
    expect(benchmarkName(path)).toBe(name);
  });
});
