// The image formats of SPIR-V (specification 1.6, section 3.11) as GLSL spells them in `layout(rgba8)`.
// Data only.

/** Names by number, from 1; 0 is an image without a declared format. */
export const IMAGE_FORMAT_NAMES: readonly (string | undefined)[] = [
  undefined,
  ...['rgba32f', 'rgba16f', 'r32f', 'rgba8', 'rgba8_snorm', 'rg32f', 'rg16f', 'r11f_g11f_b10f', 'r16f'],
  ...['rgba16', 'rgb10_a2', 'rg16', 'rg8', 'r16', 'r8'],
  ...['rgba16_snorm', 'rg16_snorm', 'rg8_snorm', 'r16_snorm', 'r8_snorm'],
  ...['rgba32i', 'rgba16i', 'rgba8i', 'r32i', 'rg32i', 'rg16i', 'rg8i', 'r16i', 'r8i'],
  ...['rgba32ui', 'rgba16ui', 'rgba8ui', 'r32ui', 'rgb10_a2ui', 'rg32ui', 'rg16ui', 'rg8ui', 'r16ui', 'r8ui'],
  ...['r64ui', 'r64i'],
];
