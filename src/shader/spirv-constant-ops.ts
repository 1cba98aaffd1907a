// Constants that a module computes from others (OpSpecConstantOp), such as a tile's size or an array's
// length, with the defaults of what they are computed from. Operations on single integers and booleans
// only: the result of any other stays unknown, which is no error until something needs it.
import type { ConstantType } from './kernel-interface.ts';
import { isConstantType } from './spirv-constants.ts';
import { declaredId, type SpirvConstant, type SpirvModule } from './spirv-module.ts';
import { type Instruction, operand } from './spirv-words.ts';

/** How many bits a type's values have, and whether they are signed; undefined for what is no integer. */
function bitsOf(type: ConstantType): { readonly width: number; readonly signed: boolean } | undefined {
  if (type === 'bool') return { width: 1, signed: false };
  const [, unsigned, digits] = /^(u?)int(\d*)$/.exec(type) ?? [];
  return digits === undefined ? undefined : { width: Number(digits || 32), signed: unsigned === '' };
}

const COMPOSITE_EXTRACT = 81;

/** Adds the result of an operation on constants, where it can be told. */
export function declareComputed(module: SpirvModule, instruction: Instruction): void {
  const type = module.types.get(operand(instruction, 0));
  const id = declaredId(module, instruction, 1);
  const operation = operand(instruction, 2);
  const operands = [...instruction.operands.subarray(3, 7)];
  if (type?.kind !== 'scalar' || !isConstantType(type.name)) return;
  const result =
    operation === COMPOSITE_EXTRACT
      ? extracted(module, operands)
      : computed(type.name, type.bytes, operation, constantsOf(module, operands));
  if (result !== undefined) module.constants.set(id, result);
}

/** A component keeps what it is, a specialization constant included. */
function extracted(module: SpirvModule, [composite = 0, index = 0, ...deeper]: readonly number[]) {
  const constituent = module.composites.get(composite)?.[index];
  return constituent === undefined || deeper.length > 0 ? undefined : module.constants.get(constituent);
}

function constantsOf(module: SpirvModule, ids: readonly number[]): readonly SpirvConstant[] | undefined {
  const constants = ids.map((id) => module.constants.get(id));
  return constants.every((constant) => constant !== undefined) ? constants : undefined;
}

function computed(
  type: ConstantType,
  bytes: number,
  operation: number,
  inputs: readonly SpirvConstant[] | undefined,
): SpirvConstant | undefined {
  const target = bitsOf(type);
  const operate = OPERATIONS.get(operation);
  if (target === undefined || operate === undefined || inputs === undefined) return undefined;
  const signed = inputs.map((input) => asInteger(input, true));
  const unsigned = inputs.map((input) => asInteger(input, false));
  if (!areKnown(signed) || !areKnown(unsigned)) return undefined;
  const result = operate({ signed, unsigned, width: BigInt(target.width) });
  if (result === undefined) return undefined;
  const whole = target.signed ? BigInt.asIntN(target.width, result) : BigInt.asUintN(target.width, result);
  const value = type === 'bool' ? whole === 1n : target.width === 64 ? whole : Number(whole);
  const isSpecialized = inputs.some((input) => input.isSpecialized);
  return { type, bytes, value, specId: null, isSpecialized };
}

function asInteger({ type, value }: SpirvConstant, signed: boolean): bigint | undefined {
  const bits = bitsOf(type);
  if (bits === undefined) return undefined;
  const whole = BigInt(value);
  return signed && type !== 'bool' ? BigInt.asIntN(bits.width, whole) : BigInt.asUintN(bits.width, whole);
}

function areKnown(values: readonly (bigint | undefined)[]): values is readonly bigint[] {
  return values.every((value) => value !== undefined);
}

interface Inputs {
  readonly signed: readonly bigint[];
  readonly unsigned: readonly bigint[];
  /** Of the result. */
  readonly width: bigint;
}

type Operate = (inputs: Inputs) => bigint | undefined;

const unary = (f: (a: bigint) => bigint): Operate => {
  return ({ signed: [a] }) => (a === undefined ? undefined : f(a));
};
const onSigned = (f: (a: bigint, b: bigint) => bigint | undefined): Operate => {
  return ({ signed: [a, b] }) => (a === undefined || b === undefined ? undefined : f(a, b));
};
const onUnsigned = (f: (a: bigint, b: bigint) => bigint | undefined): Operate => {
  return ({ unsigned: [a, b] }) => (a === undefined || b === undefined ? undefined : f(a, b));
};
/** A shift by the width or more has no defined result. */
const shift = (isSigned: boolean, f: (a: bigint, b: bigint) => bigint): Operate => {
  return ({ signed, unsigned, width }) => {
    const [a, b] = [(isSigned ? signed : unsigned)[0], unsigned[1]];
    return a === undefined || b === undefined || b >= width ? undefined : f(a, b);
  };
};
const select: Operate = ({ unsigned: [condition], signed: [, a, b] }) => (condition ? a : b);

/** The sign is that of the divisor, as OpSMod has it. */
const floorMod = (a: bigint, b: bigint): bigint => ((a % b) + b) % b;

/** By opcode; the names are those of the SPIR-V instructions. */
const OPERATIONS: ReadonlyMap<number, Operate> = new Map<number, Operate>([
  [113, ({ unsigned: [a] }) => a], // UConvert
  [114, unary((a) => a)], // SConvert
  [126, unary((a) => -a)], // SNegate
  [128, onSigned((a, b) => a + b)], // IAdd
  [130, onSigned((a, b) => a - b)], // ISub
  [132, onSigned((a, b) => a * b)], // IMul
  [134, onUnsigned((a, b) => (b === 0n ? undefined : a / b))], // UDiv
  [135, onSigned((a, b) => (b === 0n ? undefined : a / b))], // SDiv
  [137, onUnsigned((a, b) => (b === 0n ? undefined : a % b))], // UMod
  [138, onSigned((a, b) => (b === 0n ? undefined : a % b))], // SRem
  [139, onSigned((a, b) => (b === 0n ? undefined : floorMod(a, b)))], // SMod
  [164, onUnsigned((a, b) => BigInt(a === b))], // LogicalEqual
  [165, onUnsigned((a, b) => BigInt(a !== b))], // LogicalNotEqual
  [166, onUnsigned((a, b) => a | b)], // LogicalOr
  [167, onUnsigned((a, b) => a & b)], // LogicalAnd
  [168, unary((a) => 1n - a)], // LogicalNot
  [169, select], // Select
  [170, onUnsigned((a, b) => BigInt(a === b))], // IEqual
  [171, onUnsigned((a, b) => BigInt(a !== b))], // INotEqual
  [172, onUnsigned((a, b) => BigInt(a > b))], // UGreaterThan
  [173, onSigned((a, b) => BigInt(a > b))], // SGreaterThan
  [174, onUnsigned((a, b) => BigInt(a >= b))], // UGreaterThanEqual
  [175, onSigned((a, b) => BigInt(a >= b))], // SGreaterThanEqual
  [176, onUnsigned((a, b) => BigInt(a < b))], // ULessThan
  [177, onSigned((a, b) => BigInt(a < b))], // SLessThan
  [178, onUnsigned((a, b) => BigInt(a <= b))], // ULessThanEqual
  [179, onSigned((a, b) => BigInt(a <= b))], // SLessThanEqual
  [194, shift(false, (a, b) => a >> b)], // ShiftRightLogical
  [195, shift(true, (a, b) => a >> b)], // ShiftRightArithmetic
  [196, shift(false, (a, b) => a << b)], // ShiftLeftLogical
  [197, onUnsigned((a, b) => a | b)], // BitwiseOr
  [198, onUnsigned((a, b) => a ^ b)], // BitwiseXor
  [199, onUnsigned((a, b) => a & b)], // BitwiseAnd
  [200, unary((a) => ~a)], // Not
]);
