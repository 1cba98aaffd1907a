import { describe, expect, it } from 'vitest';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { compileText, glslang } from './glslang.ts';

async function sharedOf(declarations: string, use: string): Promise<number | null> {
  const spirv = await compileText(`
    layout(local_size_x = 4) in;
    layout(constant_id = 0) const uint N = 16;
    layout(binding = 0) buffer Y { float y[]; };
    ${declarations}
    void main() { ${use} barrier(); y[0] = 1; }`);
  return reflectKernel(spirv).sharedBytes;
}

describe.skipIf(glslang === undefined)('sharedBytes()', () => {
  it.each<[string, number | null, string, string]>([
    ['is 0 without shared memory', 0, '', ''],
    ['counts arrays of vectors without padding', 120, 'shared vec3 a[10];', 'a[0] = vec3(0);'],
    [
      'counts structs with alignment',
      32,
      'struct S { float a; double b; bool c; }; shared S s; shared double t;',
      's.a = 1; t = 1;',
    ],
    ['leaves out what the code does not refer to', 4, 'shared float a; shared float b[99];', 'a = 1;'],
    ['does not know what specialization can change', null, 'shared float a[N * 2];', 'a[0] = 1;'],
    ['knows what a constant has computed', 256, 'const uint M = 64; shared uint a[M];', 'a[0] = 1;'],
  ])('%s', async (_, bytes, declarations, use) => {
    expect(await sharedOf(declarations, use)).toBe(bytes);
  });
});
