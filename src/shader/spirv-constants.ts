// Scalar constants of a SPIR-V module and the specialization constants among them.
import { float16Value } from '../base/float16.ts';
import type { ConstantInterface, ConstantType } from './kernel-interface.ts';
import type { ScalarType } from './shader-type.ts';
import { declaredId, decorationsOf, nameOf, type SpirvModule } from './spirv-module.ts';
import { DECORATION, OP } from './spirv-numbers.ts';
import { cannotReflect, type Instruction, operand } from './spirv-words.ts';

const CONSTANT_TYPES: ReadonlySet<string> = new Set<ConstantType>([
  'bool',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int',
  'uint',
  'int64',
  'uint64',
  'float16',
  'float',
  'double',
]);

// Each may be an axis, and points of axes are made by the hundred.
const MAX_CONSTANTS = 1024;

/**
 * Adds a numeric constant. One of a type that no shader constant has (an 8-bit float) is left out.
 *
 * @throws GuestmarkError (usage) when its type is not a number or its value is cut off.
 */
export function declareConstant(module: SpirvModule, instruction: Instruction): void {
  const type = module.types.get(operand(instruction, 0));
  if (type?.kind !== 'scalar' || type.numeric === 'bool') {
    throw cannotReflect(`the constant at word ${instruction.at} has no numeric type`);
  }
  const id = declaredId(module, instruction, 1);
  if (!isConstantType(type.name)) return;
  const value = numberFrom(type, instruction);
  const specId = instruction.opcode === OP.SpecConstant ? specIdOf(module, id) : null;
  const isSpecialized = specId !== null;
  module.constants.set(id, { type: type.name, bytes: type.bytes, value, specId, isSpecialized });
}

/** Adds a boolean constant. */
export function declareSwitch(module: SpirvModule, instruction: Instruction): void {
  const id = declaredId(module, instruction, 1);
  const { opcode } = instruction;
  const value = opcode === OP.SpecConstantTrue || opcode === OP.ConstantTrue;
  const isSpec = opcode === OP.SpecConstantTrue || opcode === OP.SpecConstantFalse;
  const specId = isSpec ? specIdOf(module, id) : null;
  // 4 bytes: specialization data holds a VkBool32 for it.
  module.constants.set(id, { type: 'bool', bytes: 4, value, specId, isSpecialized: specId !== null });
}

/** Adds the null of a scalar type; those of other types are of no use here. */
export function declareNull(module: SpirvModule, instruction: Instruction): void {
  const type = module.types.get(operand(instruction, 0));
  const id = declaredId(module, instruction, 1);
  if (type?.kind !== 'scalar' || !isConstantType(type.name)) return;
  const value = type.numeric === 'bool' ? false : type.name.endsWith('int64') ? 0n : 0;
  module.constants.set(id, { type: type.name, bytes: type.bytes, value, specId: null, isSpecialized: false });
}

/**
 * The specialization constants, one per id: glslang declares a constant twice when it is also a
 * `local_size_x_id`, with a name and the true default only at one of them.
 *
 * @throws GuestmarkError (usage) when there are more than anything needs.
 */
export function specializationConstants(module: SpirvModule): ConstantInterface[] {
  const byId = new Map<number, ConstantInterface>();
  for (const [id, { type, bytes, value, specId }] of module.constants) {
    if (specId === null) continue;
    if (byId.size >= MAX_CONSTANTS && !byId.has(specId)) {
      throw cannotReflect(`it has more than ${MAX_CONSTANTS} specialization constants`);
    }
    const known = byId.get(specId);
    if (known !== undefined && (known.name !== null || nameOf(module, id) === null)) continue;
    byId.set(specId, { id: specId, name: nameOf(module, id), type, bytes, default: value });
  }
  return [...byId.values()].sort((a, b) => a.id - b.id);
}

/** Whether a scalar type is one that constants and data can have as numbers. */
export function isConstantType(name: string): name is ConstantType {
  return CONSTANT_TYPES.has(name);
}

function specIdOf(module: SpirvModule, id: number): number | null {
  return decorationsOf(module, id).get(DECORATION.SpecId) ?? null;
}

function numberFrom(type: ScalarType, instruction: Instruction): number | bigint {
  const low = operand(instruction, 2);
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, low, true);
  if (type.bytes === 8) view.setUint32(4, operand(instruction, 3), true);
  switch (type.name) {
    case 'double':
      return view.getFloat64(0, true);
    case 'float':
      return view.getFloat32(0, true);
    case 'float16':
      return float16Value(low & 0xffff);
    case 'int64':
      return view.getBigInt64(0, true);
    case 'uint64':
      return view.getBigUint64(0, true);
    // Narrow integers fill their word: sign-extended if signed.
    default:
      return type.numeric === 'int' ? view.getInt32(0, true) : low;
  }
}
