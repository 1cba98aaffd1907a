// Types of a SPIR-V module with their GLSL names and their sizes in a buffer. A size is settled when
// the type is declared (its decorations precede it), so that nested types cost nothing extra.
import type {
  ArrayType,
  Bytes,
  ImageType,
  MatrixType,
  OpaqueType,
  PointerType,
  ScalarType,
  ShaderType,
  StructType,
  VectorType,
} from './shader-type.ts';
import {
  type Decorations,
  declaredId,
  memberDecorationsOf,
  nameOf,
  type SpirvModule,
} from './spirv-module.ts';
import { DECORATION, OP } from './spirv-numbers.ts';
import { cannotReflect, type Instruction, operand } from './spirv-words.ts';
import { arrayExtent, OPAQUE_EXTENT, repeated, scalarExtent, structExtent } from './type-extent.ts';

// A pointer that a buffer can hold is an address of PhysicalStorageBuffer: always 8 bytes.
const ADDRESS_BYTES = 8;

/**
 * Adds the type that an instruction declares.
 *
 * @throws GuestmarkError (usage) when it is built on a type that is missing or unfit.
 */
export function declareType(module: SpirvModule, instruction: Instruction): void {
  const type = typeFrom(module, instruction);
  module.types.set(declaredId(module, instruction, 0), type);
}

/** Adds a pointer whose target follows later, so that structs before the target can hold it. */
export function declareForwardPointer(module: SpirvModule, instruction: Instruction): void {
  const id = operand(instruction, 0);
  if (!module.declaredIds.has(id)) module.types.set(id, pointerTo(undefined));
}

/**
 * Bytes of a struct's member in a buffer, from its declared layout.
 *
 * @returns `null` for a runtime array and where the layout is not declared.
 */
export function memberBytes(type: ShaderType, decorations: Decorations): Bytes {
  if (type.kind !== 'matrix') return type.bytes;
  const stride = decorations.get(DECORATION.MatrixStride);
  if (stride === undefined) return null;
  return stride * (decorations.has(DECORATION.RowMajor) ? type.column.components : type.columns);
}

function typeFrom(module: SpirvModule, at: Instruction): ShaderType {
  switch (at.opcode) {
    case OP.TypeBool:
      return scalar('bool', 'bool', 32);
    case OP.TypeInt:
      return integer(operand(at, 1), operand(at, 2) !== 0);
    case OP.TypeFloat:
      return float(operand(at, 1), at.operands[2]);
    case OP.TypeVector:
      return vector(declared(module, at, 1), operand(at, 2), at);
    case OP.TypeMatrix:
      return matrix(declared(module, at, 1), operand(at, 2), at);
    case OP.TypeArray:
      return fixedArray(module, at);
    case OP.TypeRuntimeArray:
      return runtimeArray(module, at);
    case OP.TypeStruct:
      return struct(module, at);
    case OP.TypePointer:
      return pointerTo(module.types.get(operand(at, 2)));
    case OP.TypeImage:
      return image(declared(module, at, 1), at);
    case OP.TypeSampledImage:
      return opaque('sampled-image', 'sampler', declared(module, at, 1));
    case OP.TypeSampler:
      return opaque('sampler', 'sampler');
    case OP.TypeAccelerationStructure:
      return opaque('acceleration-structure', 'accelerationStructure');
    default:
      return opaque('other', 'other');
  }
}

function scalar(name: string, numeric: ScalarType['numeric'], width: number): ScalarType {
  if (![8, 16, 32, 64].includes(width)) throw cannotReflect(`a number of ${width} bits has no type`);
  const bytes = width / 8;
  return { kind: 'scalar', name, bytes, numeric, extent: scalarExtent(bytes) };
}

function integer(width: number, signed: boolean): ScalarType {
  const numeric = signed ? 'int' : 'uint';
  return scalar(width === 32 ? numeric : `${numeric}${width}`, numeric, width);
}

function float(width: number, encoding: number | undefined): ScalarType {
  const plain = width === 32 ? 'float' : width === 64 ? 'double' : `float${width}`;
  // An encoding other than IEEE 754, such as bfloat16 or the 8-bit formats.
  return scalar(encoding === undefined ? plain : `${plain}-encoding${encoding}`, 'float', width);
}

const VECTOR_PREFIX: Readonly<Record<string, string>> = {
  float: '',
  double: 'd',
  int: 'i',
  uint: 'u',
  bool: 'b',
  float16: 'f16',
  int8: 'i8',
  uint8: 'u8',
  int16: 'i16',
  uint16: 'u16',
  int64: 'i64',
  uint64: 'u64',
};

// A bound for the sake of sums; SPIR-V has vectors of 2 to 4 components, extensions longer ones.
const MAX_COMPONENTS = 65_536;

function vector(component: ShaderType, components: number, at: Instruction): VectorType {
  if (component.kind !== 'scalar') {
    throw cannotReflect(`the vector at word ${at.at} has no scalar components`);
  }
  if (components < 1 || components > MAX_COMPONENTS) {
    throw cannotReflect(`the vector at word ${at.at} has ${components} components`);
  }
  const name = `${VECTOR_PREFIX[component.name] ?? `${component.name}-`}vec${components}`;
  const bytes = component.bytes * components;
  const extent = repeated(component.extent, components);
  return { kind: 'vector', name, bytes, scalar: component, components, extent };
}

function matrix(column: ShaderType, columns: number, at: Instruction): MatrixType {
  if (column.kind !== 'vector') throw cannotReflect(`the matrix at word ${at.at} has no vector columns`);
  if (columns < 2 || columns > 4) throw cannotReflect(`the matrix at word ${at.at} has ${columns} columns`);
  const { components } = column;
  const shape = columns === components ? `${columns}` : `${columns}x${components}`;
  const name = `${VECTOR_PREFIX[column.scalar.name] ?? `${column.scalar.name}-`}mat${shape}`;
  return { kind: 'matrix', name, bytes: null, column, columns, extent: repeated(column.extent, columns) };
}

function fixedArray(module: SpirvModule, at: Instruction): ArrayType {
  const element = declared(module, at, 1);
  const constant = module.constants.get(operand(at, 2));
  const length = arrayLength(constant?.value, at);
  const stride = strideOf(module, at);
  const bytes = length === null || stride === null ? null : length * stride;
  if (bytes !== null && !Number.isSafeInteger(bytes)) {
    throw cannotReflect(`the array at word ${at.at} has more than 2^53 bytes`);
  }
  const name = `${element.name}[${length ?? '?'}]`;
  const extent = arrayExtent(element.extent, length, constant?.isSpecialized ?? true);
  const lengthConstant = typeof constant?.specId === 'number' ? nameOf(module, operand(at, 2)) : null;
  return { kind: 'array', name, bytes, element, isRuntime: false, length, lengthConstant, stride, extent };
}

function runtimeArray(module: SpirvModule, at: Instruction): ArrayType {
  const element = declared(module, at, 1);
  const extent = arrayExtent(element.extent, null, false);
  const stride = strideOf(module, at);
  return {
    kind: 'array',
    name: `${element.name}[]`,
    bytes: null,
    element,
    isRuntime: true,
    length: null,
    lengthConstant: null,
    stride,
    extent,
  };
}

function strideOf(module: SpirvModule, at: Instruction): number | null {
  return module.decorations.get(operand(at, 0))?.get(DECORATION.ArrayStride) ?? null;
}

function arrayLength(value: number | bigint | boolean | undefined, at: Instruction): number | null {
  if (value === undefined || typeof value === 'boolean') return null;
  const length = Number(value);
  if (!Number.isSafeInteger(length) || length < 1) {
    throw cannotReflect(`the array at word ${at.at} has ${value} elements`);
  }
  return length;
}

function image(sampled: ShaderType, at: Instruction): ImageType {
  return {
    kind: 'image',
    name: 'image',
    bytes: null,
    dim: operand(at, 2),
    isArray: operand(at, 4) !== 0,
    isMultisampled: operand(at, 5) !== 0,
    sampled: operand(at, 6),
    format: operand(at, 7),
    sampledType:
      sampled.kind === 'scalar' && (sampled.numeric === 'int' || sampled.numeric === 'uint')
        ? sampled.numeric
        : 'float',
    extent: OPAQUE_EXTENT,
  };
}

function opaque(kind: OpaqueType['kind'], name: string, contained?: ShaderType): OpaqueType {
  return { kind, name, bytes: null, image: contained, extent: OPAQUE_EXTENT };
}

function struct(module: SpirvModule, at: Instruction): StructType {
  const id = operand(at, 0);
  const members = [...at.operands.subarray(1)].map((_, index) => declared(module, at, index + 1));
  const name = nameOf(module, id) ?? 'struct';
  const bytes = structBytes(module, id, members);
  return { kind: 'struct', name, bytes, id, members, extent: structExtent(members) };
}

function structBytes(module: SpirvModule, id: number, members: readonly ShaderType[]): Bytes {
  let end = 0;
  for (const [index, type] of members.entries()) {
    const decorations = memberDecorationsOf(module, id, index);
    const offset = decorations.get(DECORATION.Offset);
    const bytes = memberBytes(type, decorations);
    if (offset === undefined || bytes === null) return null;
    end = Math.max(end, offset + bytes);
  }
  return end;
}

function pointerTo(target: ShaderType | undefined): PointerType {
  const extent = scalarExtent(ADDRESS_BYTES);
  return { kind: 'pointer', name: 'address', bytes: ADDRESS_BYTES, target, extent };
}

function declared(module: SpirvModule, at: Instruction, index: number): ShaderType {
  const id = operand(at, index);
  const type = module.types.get(id);
  if (type === undefined) {
    throw cannotReflect(
      `the type at word ${at.at} is built on %${id}, which is not a type declared before it`,
    );
  }
  return type;
}
