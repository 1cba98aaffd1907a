// Types of a SPIR-V module with their GLSL names and their sizes in a buffer. A size is settled when
// the type is declared (its decorations precede it), so that nested types cost nothing extra.
import type {
  ArrayType,
  Bytes,
  MatrixType,
  PointerType,
  ScalarType,
  ShaderType,
  StructType,
  VectorType,
} from './shader-type.ts';
import { type Decorations, memberDecorationsOf, nameOf, type SpirvModule } from './spirv-module.ts';
import { DECORATION, OP } from './spirv-numbers.ts';
import { cannotReflect, type Instruction, operand } from './spirv-words.ts';

// A pointer that a buffer can hold is an address of PhysicalStorageBuffer: always 8 bytes.
const ADDRESS_BYTES = 8;

/**
 * Adds the type that an instruction declares.
 *
 * @throws GuestmarkError (usage) when it is built on a type that is missing or unfit.
 */
export function declareType(module: SpirvModule, instruction: Instruction): void {
  module.types.set(operand(instruction, 0), typeFrom(module, instruction));
}

/** Adds a pointer whose target follows later, so that structs before the target can hold it. */
export function declareForwardPointer(module: SpirvModule, instruction: Instruction): void {
  module.types.set(operand(instruction, 0), pointerTo(undefined));
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
      return { kind: 'scalar', name: 'bool', bytes: 4, numeric: 'bool' };
    case OP.TypeInt:
      return integer(operand(at, 1), operand(at, 2) !== 0);
    case OP.TypeFloat:
      return float(operand(at, 1), at.operands[2]);
    case OP.TypeVector:
      return vector(declared(module, at, 1), operand(at, 2), at);
    case OP.TypeMatrix:
      return matrix(declared(module, at, 1), operand(at, 2), at);
    case OP.TypeArray:
      return array(module, at, arrayLength(module, operand(at, 2)));
    case OP.TypeRuntimeArray:
      return array(module, at, null);
    case OP.TypeStruct:
      return struct(module, at);
    case OP.TypePointer:
      return pointerTo(module.types.get(operand(at, 2)));
    case OP.TypeImage:
      return { kind: 'image', name: 'image', bytes: null, dim: operand(at, 2), sampled: operand(at, 6) };
    case OP.TypeSampledImage:
      return { kind: 'sampled-image', name: 'sampler', bytes: null, image: declared(module, at, 1) };
    case OP.TypeSampler:
      return { kind: 'sampler', name: 'sampler', bytes: null, image: undefined };
    default:
      return { kind: 'acceleration-structure', name: 'accelerationStructure', bytes: null, image: undefined };
  }
}

function integer(width: number, signed: boolean): ScalarType {
  checkWidth(width);
  const numeric = signed ? 'int' : 'uint';
  return { kind: 'scalar', name: width === 32 ? numeric : `${numeric}${width}`, bytes: width / 8, numeric };
}

function float(width: number, encoding: number | undefined): ScalarType {
  checkWidth(width);
  const plain = width === 32 ? 'float' : width === 64 ? 'double' : `float${width}`;
  // An encoding other than IEEE 754, such as bfloat16 or the 8-bit formats.
  const name = encoding === undefined ? plain : `${plain}-encoding${encoding}`;
  return { kind: 'scalar', name, bytes: width / 8, numeric: 'float' };
}

function checkWidth(width: number): void {
  if (![8, 16, 32, 64].includes(width)) throw cannotReflect(`a number of ${width} bits has no type`);
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

function vector(scalar: ShaderType, components: number, at: Instruction): VectorType {
  if (scalar.kind !== 'scalar') throw cannotReflect(`the vector at word ${at.at} has no scalar components`);
  const name = `${VECTOR_PREFIX[scalar.name] ?? `${scalar.name}-`}vec${components}`;
  const bytes = scalar.bytes === null ? null : scalar.bytes * components;
  return { kind: 'vector', name, bytes, scalar, components };
}

function matrix(column: ShaderType, columns: number, at: Instruction): MatrixType {
  if (column.kind !== 'vector') throw cannotReflect(`the matrix at word ${at.at} has no vector columns`);
  const { scalar, components } = column;
  const shape = columns === components ? `${columns}` : `${columns}x${components}`;
  const name = `${VECTOR_PREFIX[scalar.name] ?? `${scalar.name}-`}mat${shape}`;
  return { kind: 'matrix', name, bytes: null, column, columns };
}

function array(module: SpirvModule, at: Instruction, length: number | null): ArrayType {
  const element = declared(module, at, 1);
  const stride = module.decorations.get(operand(at, 0))?.get(DECORATION.ArrayStride) ?? null;
  const bytes = length === null || stride === null ? null : length * stride;
  return { kind: 'array', name: `${element.name}[${length ?? ''}]`, bytes, element, length, stride };
}

function arrayLength(module: SpirvModule, constantId: number): number | null {
  const value = module.constants.get(constantId)?.value;
  return value === undefined || typeof value === 'boolean' ? null : Number(value);
}

function struct(module: SpirvModule, at: Instruction): StructType {
  const id = operand(at, 0);
  const members = [...at.operands.subarray(1)].map((_, index) => declared(module, at, index + 1));
  const name = nameOf(module, id) ?? 'struct';
  return { kind: 'struct', name, bytes: structBytes(module, id, members), id, members };
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
  return { kind: 'pointer', name: 'address', bytes: ADDRESS_BYTES, target };
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
