import { describe, expect, it } from 'vitest';
import { requireShaderLanguage, shaderLanguageOf } from '../../src/shader/shader-language.ts';

describe('shaderLanguageOf()', () => {
  it.each([
    ['a.comp', 'glsl'],
    ['a.b/x.comp.glsl', 'glsl'],
    ['a.glsl', 'glsl'],
    ['A.COMP', 'glsl'],
    ['a.hlsl', 'hlsl'],
    ['a.comp.hlsl', 'hlsl'],
    ['a.spv', 'spirv'],
    ['a.comp.spv', 'spirv'],
    ['a.spvasm', 'spirv-assembly'],
    ['.comp', undefined],
    ['comp', undefined],
    ['a.constructor', undefined],
    ['a.comp/x', undefined],
    ['a.spv.txt', undefined],
  ])('tells the language of %s', (file, language) => {
    expect(shaderLanguageOf(file)).toBe(language);
  });
});

describe('requireShaderLanguage()', () => {
  it('lists the known names', () => {
    expect(() => requireShaderLanguage('a.wgsl')).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: 'Cannot use shader a.wgsl: its name does not say what it holds',
        hint: expect.stringContaining('.comp, .glsl, .hlsl, .spv, .spvasm'),
      }),
    );
  });
});
