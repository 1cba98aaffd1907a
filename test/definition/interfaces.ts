// Interfaces of kernels as reflection would give them, and what is said of them, for tests of what is made of them.
import { expect } from 'vitest';
import { describeError, GuestmarkError } from '../../src/base/errors.ts';
import { defineShader } from '../../src/definition/define.ts';
import type { OriginKind, ShaderDefinition } from '../../src/definition/definition.ts';
import { type PlacedStatement, placed } from '../../src/definition/placed-statement.ts';
import type {
  BindingInterface,
  ConstantInterface,
  KernelInterface,
  PushConstantInterface,
  ScalarPlace,
  ScalarTypeName,
} from '../../src/shader/kernel-interface.ts';

const BYTES: Readonly<Record<string, number>> = { '8': 1, '16': 2, '64': 8, double: 8, address: 8 };

/** Size of a scalar. */
export function scalarBytes(type: ScalarTypeName): number {
  return BYTES[type] ?? BYTES[/\d+$/.exec(type)?.[0] ?? ''] ?? 4;
}

/** Scalars one after the other: `places('count: uint, scale: float')`. */
export function places(text: string): readonly ScalarPlace[] {
  let offset = 0;
  return text === ''
    ? []
    : text.split(',').map((one) => {
        const [name = '', type = ''] = one.split(':').map((part) => part.trim());
        const place = { name, type: type as ScalarTypeName, offset };
        offset += scalarBytes(place.type);
        return place;
      });
}

/** A binding: by default a runtime array of floats that the shader reads and writes. */
export function binding(name: string, parts: Partial<BindingInterface> = {}): BindingInterface {
  return {
    set: 0,
    binding: 0,
    name,
    blockName: null,
    kind: 'storage',
    access: 'read-write',
    use: 'read-write',
    descriptorCount: 1,
    headerBytes: 0,
    element: 'float',
    elementBytes: 4,
    elementCount: null,
    headerScalars: [],
    elementScalars: [{ name: '', type: 'float', offset: 0 }],
    image: null,
    ...parts,
  };
}

/** A runtime array of scalars. */
export function array(
  name: string,
  type: ScalarTypeName,
  parts: Partial<BindingInterface> = {},
): BindingInterface {
  const elementBytes = scalarBytes(type);
  return binding(name, { element: type, elementBytes, elementScalars: places(`:${type}`), ...parts });
}

/** A block without an array. */
export function block(
  name: string,
  scalars: string,
  parts: Partial<BindingInterface> = {},
): BindingInterface {
  const headerScalars = places(scalars);
  const headerBytes = headerScalars.reduce(
    (end, one) => Math.max(end, one.offset + scalarBytes(one.type)),
    0,
  );
  return binding(name, {
    element: null,
    elementBytes: null,
    elementScalars: [],
    headerScalars,
    headerBytes,
    ...parts,
  });
}

/** A storage image that the shader writes. */
export function image(
  name: string,
  dimensions: '1d' | '2d' | '3d' = '2d',
  format: string | null = 'rgba8',
): BindingInterface {
  return binding(name, {
    kind: 'storage-image',
    use: 'write',
    access: 'write',
    element: null,
    elementBytes: null,
    elementScalars: [],
    image: { dimensions, isArray: false, isMultisampled: false, format, sampledType: 'float' },
  });
}

/** A push constant. */
export function push(name: string, type: ScalarTypeName = 'uint', components = ''): PushConstantInterface {
  const scalars =
    components === ''
      ? places(`${name}:${type}`)
      : places([...components].map((one) => `${name}.${one}:${type}`).join());
  return { name, type, offset: 0, bytes: 4 * scalars.length, scalars };
}

/** A specialization constant. */
export function constant(
  id: number,
  name: string | null,
  value: ConstantInterface['default'] = 1,
  type: ConstantInterface['type'] = 'uint',
): ConstantInterface {
  return { id, name, type, bytes: 4, default: value };
}

/** A kernel: by default `y` of floats in workgroups of 64. */
export function kernelOf(parts: Partial<KernelInterface> = {}): KernelInterface {
  const one = { value: 1, constantId: null };
  return {
    entryPoint: 'main',
    spirvVersion: '1.0',
    localSize: [{ value: 64, constantId: null }, one, one],
    constants: [],
    pushConstants: [],
    pushConstantBytes: 0,
    bindings: [binding('y')],
    capabilities: [],
    extensions: [],
    sharedBytes: 0,
    ...parts,
  };
}

/** Statements in words, all from one place. */
export function said(kind: OriginKind, ...texts: readonly string[]): readonly PlacedStatement[] {
  const place = kind === 'pragma' ? 'my.comp:4' : null;
  return texts.map((text) => placed(text, '/shaders', { kind, place }));
}

/** The definition of a kernel of which pragmas say something. */
export function defined(
  kernel: KernelInterface,
  statements: readonly (string | readonly PlacedStatement[])[] = [],
  module: ShaderDefinition['module'] = null,
): ShaderDefinition {
  return defineShader({
    shader: {
      path: 'my.comp',
      language: 'glsl',
      spirv: new Uint8Array(),
      text: '',
      sourceSha256: '',
      spirvSha256: '',
      targetEnvironment: null,
      compiler: null,
      validator: { name: null, reason: null },
      cached: false,
    },
    kernel,
    name: { value: 'my', from: { kind: 'convention', place: null } },
    statements: statements.flatMap((one) => (typeof one === 'string' ? said('pragma', one) : one)),
    isVerifiedElsewhere: false,
    module,
    reference: null,
  });
}

/** The message of the GuestmarkError that a call throws. */
export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(GuestmarkError);
    return describeError(error);
  }
  throw new Error('nothing was thrown');
}
