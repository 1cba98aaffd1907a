import { describe, expect, it } from 'vitest';
import { loadShippedKernel, shippedKernelNames } from '../../src/shader/shipped.ts';

describe('shippedKernelNames()', () => {
  it('lists the kernels by the stems of their files', () => {
    expect(shippedKernelNames()).toContain('fma-f32-vec4');
    expect(shippedKernelNames()).not.toContain('manifest.json');
  });
});

describe('loadShippedKernel()', () => {
  it('gives SPIR-V in an ArrayBuffer of its own', () => {
    const spirv = loadShippedKernel('copy-w4');
    expect(new DataView(spirv.buffer).getUint32(0, true)).toBe(0x07230203);
    expect([spirv.byteOffset, spirv.buffer.byteLength]).toEqual([0, spirv.byteLength]);
  });

  it.each(['nope', '../copy', ''])('refuses %j and lists what is shipped', (name) => {
    expect(() => loadShippedKernel(name)).toThrow(`Cannot load kernel "${name}": it is not shipped`);
    expect(() => loadShippedKernel(name)).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringContaining('fma-f32, ') }),
    );
  });
});
