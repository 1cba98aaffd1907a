import { describe, expect, it } from 'vitest';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { assembleKernel, type Line } from './assemble.ts';
import { compileText, glslang } from './glslang.ts';

const PUSH_CONSTANT = 9;
const BLOCK: Line[] = [
  [22, 10, 32],
  [30, 20, 10],
  [32, 21, PUSH_CONSTANT, 20],
  [59, 21, 22, PUSH_CONSTANT],
];

describe('reflectPushConstants()', () => {
  it('falls back to the index where a member has no name', () => {
    const { pushConstants } = reflectKernel(assembleKernel([[72, 20, 0, 35, 8], ...BLOCK]));
    const scalars = [{ name: 'member0', type: 'float', offset: 8 }];
    expect(pushConstants).toEqual([{ name: 'member0', type: 'float', offset: 8, bytes: 4, scalars }]);
  });

  it('refuses a member without an offset', () => {
    expect(() => reflectKernel(assembleKernel([[6, 20, 0, 'scale'], ...BLOCK]))).toThrow(
      'Cannot reflect shader: the push constant scale has no fixed offset and size',
    );
  });

  it('refuses what is not a block', () => {
    const lines: Line[] = [
      [22, 10, 32],
      [32, 21, PUSH_CONSTANT, 10],
      [59, 21, 22, PUSH_CONSTANT],
    ];
    expect(() => reflectKernel(assembleKernel(lines))).toThrow('the push constants are not a block');
  });

  it.skipIf(glslang === undefined)('measures vectors, matrices, arrays and structs', async () => {
    const spirv = await compileText(`
      struct Range { uint first; uint last; };
      layout(local_size_x = 1) in;
      layout(push_constant) uniform Push {
        float a; vec3 b; mat3 c; float d[4]; Range e; double f; layout(row_major) mat3x2 g; uvec2 h;
      };
      layout(binding = 0) buffer Y { float y[]; };
      void main() { y[0] = a + b.x + c[0][0] + d[1] + float(e.last) + float(f) + g[0][0] + float(h.x); }`);
    const { pushConstants, pushConstantBytes } = reflectKernel(spirv);
    expect(pushConstants.map(({ scalars: _, ...member }) => member)).toEqual([
      { name: 'a', type: 'float', offset: 0, bytes: 4 },
      { name: 'b', type: 'vec3', offset: 16, bytes: 12 },
      { name: 'c', type: 'mat3', offset: 32, bytes: 48 },
      { name: 'd', type: 'float[4]', offset: 80, bytes: 16 },
      { name: 'e', type: 'Range', offset: 96, bytes: 8 },
      { name: 'f', type: 'double', offset: 104, bytes: 8 },
      { name: 'g', type: 'mat3x2', offset: 112, bytes: 32 },
      { name: 'h', type: 'uvec2', offset: 144, bytes: 8 },
    ]);
    expect(pushConstantBytes).toBe(152);
  });
});

describe('pushConstantRangeBytes()', () => {
  it('is 0 without push constants', () => {
    expect(reflectKernel(assembleKernel([])).pushConstantBytes).toBe(0);
  });

  it('rounds up to 4', () => {
    const lines: Line[] = [[72, 20, 0, 35, 4], [21, 10, 8, 0], ...BLOCK.slice(1)];
    expect(reflectKernel(assembleKernel(lines)).pushConstantBytes).toBe(8);
  });
});
