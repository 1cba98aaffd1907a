// The scalars of a type with their places: what tells a caller where to write `color.x` or `m[1][2]`.
// Everything is counted before it is expanded, because a module can describe any number in a few words.
import type { ScalarPlace, ScalarTypeName } from './kernel-interface.ts';
import { type PartBudget, spendParts } from './part-budget.ts';
import type {
  ArrayType,
  MatrixType,
  PointerType,
  ScalarType,
  ShaderType,
  StructType,
  VectorType,
} from './shader-type.ts';
import { isConstantType } from './spirv-constants.ts';
import { type Decorations, memberDecorationsOf, memberNameOf, type SpirvModule } from './spirv-module.ts';
import { DECORATION } from './spirv-numbers.ts';
import { cannotReflect } from './spirv-words.ts';

/** Scalars that one block, element or push constant may have. */
const MAX_SCALARS = 4096;
// A guard against names built from names; no program comes near it.
const MAX_NAME_CHARACTERS = 1024;

/** What places belong to. */
export interface Owner {
  /** For messages: `the block Lights`. */
  readonly name: string;
  /** Where its bytes end: what lay beyond would be written outside of a buffer. */
  readonly endBytes: number;
}

/** A type at a place; decorations are those of the struct's member that it is or is in. */
export interface Placed {
  readonly type: ShaderType;
  readonly name: string;
  readonly offset: number;
  readonly decorations: Decorations;
}

/**
 * The scalars of what lies at some places, ordered by offset; none for what has no data.
 *
 * @throws GuestmarkError (usage) when there are too many, or one has no fixed place inside the owner.
 */
export function scalarPlaces(
  module: SpirvModule,
  placed: readonly Placed[],
  { name: owner, endBytes }: Owner,
  budget: PartBudget,
): readonly ScalarPlace[] {
  const count = placed.reduce((sum, { type }) => sum + type.extent.scalars, 0);
  if (count > MAX_SCALARS) {
    const amount = Number.isSafeInteger(count) ? `${count}` : 'more than 2^53';
    throw cannotReflect(`${owner} has ${amount} scalars, more than ${MAX_SCALARS}`, 'use a runtime array');
  }
  for (const { type } of placed) spendParts(budget, type.extent.parts);
  const into: ScalarPlace[] = [];
  for (const one of placed) expand({ module, owner, endBytes, into }, one);
  return into.sort((a, b) => a.offset - b.offset);
}

/** Members of a struct as placed in it. */
export function placedMembers(module: SpirvModule, struct: StructType, owner: string): readonly Placed[] {
  return struct.members.map((type, index) => {
    const decorations = memberDecorationsOf(module, struct.id, index);
    const offset = decorations.get(DECORATION.Offset);
    if (offset === undefined) throw noLayout(owner);
    return { type, name: memberNameOf(module, struct.id, index) ?? `member${index}`, offset, decorations };
  });
}

/** The error for data without fixed places. */
export function noLayout(owner: string): Error {
  return cannotReflect(`${owner} has no layout`, 'declare its members with fixed offsets and lengths');
}

type Scalar = ScalarType | PointerType;

interface Expansion {
  readonly module: SpirvModule;
  readonly owner: string;
  readonly endBytes: number;
  readonly into: ScalarPlace[];
}

function add({ owner, endBytes, into }: Expansion, name: string, type: Scalar, offset: number): void {
  if (offset + type.bytes > endBytes) {
    throw cannotReflect(`${owner} has a scalar outside of its ${endBytes} bytes`, 'declare larger strides');
  }
  into.push({ name, type: scalarTypeName(type), offset });
}

function expand(expansion: Expansion, placed: Placed): void {
  const { type, name } = placed;
  if (type.extent.scalars === 0) return;
  if (name.length > MAX_NAME_CHARACTERS) throw cannotReflect(`the names in ${expansion.owner} are too long`);
  switch (type.kind) {
    case 'scalar':
    case 'pointer':
      add(expansion, name, type, placed.offset);
      return;
    case 'vector':
      expandVector(expansion, placed, type);
      return;
    case 'matrix':
      expandMatrix(expansion, placed, type);
      return;
    case 'array':
      expandArray(expansion, placed, type);
      return;
    case 'struct':
      for (const member of placedMembers(expansion.module, type, expansion.owner)) {
        expand(expansion, {
          ...member,
          name: name === '' ? member.name : `${name}.${member.name}`,
          offset: placed.offset + member.offset,
        });
      }
  }
}

function expandVector(expansion: Expansion, { name, offset }: Placed, type: VectorType): void {
  for (let index = 0; index < type.components; index++) {
    const letter = type.components <= 4 ? 'xyzw'[index] : undefined;
    const component = letter === undefined ? `${name}[${index}]` : name === '' ? letter : `${name}.${letter}`;
    add(expansion, component, type.scalar, offset + index * type.scalar.bytes);
  }
}

function expandMatrix(expansion: Expansion, placed: Placed, type: MatrixType): void {
  const { name, offset, decorations } = placed;
  const { scalar, components } = type.column;
  const stride = decorations.get(DECORATION.MatrixStride);
  if (stride === undefined) throw noLayout(expansion.owner);
  const rowMajor = decorations.has(DECORATION.RowMajor);
  const [columnBytes, rowBytes] = rowMajor ? [scalar.bytes, stride] : [stride, scalar.bytes];
  for (let column = 0; column < type.columns; column++) {
    for (let row = 0; row < components; row++) {
      const at = offset + column * columnBytes + row * rowBytes;
      add(expansion, `${name}[${column}][${row}]`, scalar, at);
    }
  }
}

function expandArray(expansion: Expansion, placed: Placed, type: ArrayType): void {
  const { length, stride } = type;
  if (length === null || stride === null) throw noLayout(expansion.owner);
  for (let index = 0; index < length; index++) {
    expand(expansion, {
      type: type.element,
      name: `${placed.name}[${index}]`,
      offset: placed.offset + index * stride,
      decorations: placed.decorations,
    });
  }
}

/** A bool has no size in memory by SPIR-V; compilers store a uint. */
function scalarTypeName(type: Scalar): ScalarTypeName {
  if (type.kind === 'pointer') return 'address';
  if (type.name === 'bool') return 'uint';
  return isConstantType(type.name) ? type.name : 'other';
}
