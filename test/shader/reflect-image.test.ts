import { describe, expect, it } from 'vitest';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { reflectImage } from '../../src/shader/reflect-image.ts';
import { compileText, glslang } from './glslang.ts';

// As GLSL spells them, for which the compiler answers: each of them is declared and reflected.
const FLOAT_FORMATS = [
  ...[
    'rgba32f',
    'rgba16f',
    'rg32f',
    'rg16f',
    'r11f_g11f_b10f',
    'r32f',
    'r16f',
    'rgba16',
    'rgb10_a2',
    'rgba8',
  ],
  ...[
    'rg16',
    'rg8',
    'r16',
    'r8',
    'rgba16_snorm',
    'rgba8_snorm',
    'rg16_snorm',
    'rg8_snorm',
    'r16_snorm',
    'r8_snorm',
  ],
];
const INT_FORMATS = ['rgba32i', 'rgba16i', 'rgba8i', 'rg32i', 'rg16i', 'rg8i', 'r32i', 'r16i', 'r8i'];
const UINT_FORMATS = [...INT_FORMATS.map((name) => `${name}`.replace(/i$/, 'ui')), 'rgb10_a2ui'];

async function imagesOf(declarations: readonly string[]) {
  const lines = declarations.map((text, index) => `layout(binding = ${index}, ${text};`).join('\n');
  const spirv = await compileText(`${lines}\nlayout(local_size_x = 1) in; void main() { }`);
  return reflectKernel(spirv).bindings.map(({ image }) => image);
}

describe('reflectImage()', () => {
  it.skipIf(glslang === undefined)('spells every format as GLSL does', async () => {
    const all: [string, 'float' | 'int' | 'uint', string][] = [
      ...FLOAT_FORMATS.map((format): [string, 'float', string] => [format, 'float', '']),
      ...INT_FORMATS.map((format): [string, 'int', string] => [format, 'int', 'i']),
      ...UINT_FORMATS.map((format): [string, 'uint', string] => [format, 'uint', 'u']),
    ];
    const images = await imagesOf(
      all.map(([format, , prefix], index) => `${format}) uniform ${prefix}image2D i${index}`),
    );
    expect(images.map((image) => [image?.format, image?.sampledType])).toEqual(
      all.map(([format, type]) => [format, type]),
    );
  });

  it.skipIf(glslang === undefined)('reads dimensions, layers and samples', async () => {
    const kinds = ['image1D', 'image2DArray', 'image3D', 'imageCube', 'imageBuffer', 'image2DMS'];
    const images = await imagesOf(kinds.map((kind) => `r32f) uniform ${kind} the${kind}`));
    const outlines = images.map(
      (i) => `${i?.dimensions}${i?.isArray ? '[]' : ''}${i?.isMultisampled ? ' ms' : ''}`,
    );
    expect(outlines).toEqual(['1d', '2d[]', '3d', 'cube', 'other', '2d ms']);
  });

  it('is null for what is no image, and gives a format without a name its number', () => {
    const extent = { scalars: 0, parts: 1, depth: 0, scalarLayoutBytes: 0, alignment: 1 };
    expect(reflectImage({ kind: 'sampler', name: 's', bytes: null, image: undefined, extent })).toBeNull();
    const image = {
      kind: 'image',
      name: 'i',
      bytes: null,
      dim: 1,
      isArray: false,
      isMultisampled: false,
    } as const;
    const odd = { ...image, sampled: 2, format: 99, sampledType: 'float', extent } as const;
    expect(reflectImage(odd)?.format).toBe('Format99');
    expect(reflectImage({ ...odd, format: 0 })?.format).toBeNull();
  });
});
