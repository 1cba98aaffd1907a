// The image formats that GLSL spells (`rgba32f`): how many components of which scalar a texel has. Knows no Vulkan number.
import type { ScalarTypeName } from './kernel-interface.ts';

/** What a texel of a format holds. */
export interface ImageFormat {
  readonly components: 1 | 2 | 4;
  /** The scalar that is stored: `unorm` and `snorm` formats store integers that the shader sees as floats. */
  readonly scalar: ScalarTypeName;
  readonly texelBytes: number;
}

const SCALARS: Readonly<Record<string, { readonly scalar: ScalarTypeName; readonly bytes: number }>> = {
  '32f': { scalar: 'float', bytes: 4 },
  '16f': { scalar: 'float16', bytes: 2 },
  '32i': { scalar: 'int', bytes: 4 },
  '16i': { scalar: 'int16', bytes: 2 },
  '8i': { scalar: 'int8', bytes: 1 },
  '32ui': { scalar: 'uint', bytes: 4 },
  '16ui': { scalar: 'uint16', bytes: 2 },
  '8ui': { scalar: 'uint8', bytes: 1 },
  '16': { scalar: 'uint16', bytes: 2 },
  '8': { scalar: 'uint8', bytes: 1 },
  '16_snorm': { scalar: 'int16', bytes: 2 },
  '8_snorm': { scalar: 'int8', bytes: 1 },
};

const COMPONENTS = { r: 1, rg: 2, rgba: 4 } as const;

/** A format by its name in GLSL; null for one that is not made of equal components (`r11f_g11f_b10f`) or unknown. */
export function imageFormat(name: string | null): ImageFormat | null {
  const [, channels, suffix] = /^(rgba|rg|r)(\d.*)$/.exec(name ?? '') ?? [];
  const scalar = suffix !== undefined && Object.hasOwn(SCALARS, suffix) ? SCALARS[suffix] : undefined;
  if (channels === undefined || scalar === undefined) return null;
  const components = COMPONENTS[channels as keyof typeof COMPONENTS];
  return { components, scalar: scalar.scalar, texelBytes: components * scalar.bytes };
}
