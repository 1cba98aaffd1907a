import { describe, expect, it } from 'vitest';
import { parseModule } from '../../src/shader/parse-module.ts';
import { assembleKernel, type Line } from './assemble.ts';

const BOOL = 9;
const UINT = 10;
const INT = 11;
const INT64 = 12;

// %20 = 12 (specialized), %21 = 5, %22 = -7, %23 = 0, %24 = true, %25 = 2^40, %26 = uvec2(%20, %21).
const CONSTANTS: Line[] = [
  [71, 20, 1, 0],
  [20, BOOL],
  [21, UINT, 32, 0],
  [21, INT, 32, 1],
  [21, INT64, 64, 1],
  [50, UINT, 20, 12],
  [43, UINT, 21, 5],
  [43, INT, 22, -7],
  [46, UINT, 23],
  [41, BOOL, 24],
  [43, INT64, 25, 0, 256],
  [23, 13, UINT, 2],
  [51, 13, 26, 20, 21],
];

function computed(type: number, operation: number, ...operands: number[]) {
  const module = parseModule(assembleKernel([...CONSTANTS, [52, type, 99, operation, ...operands]]));
  return module.constants.get(99);
}

describe('declareComputed()', () => {
  it.each<[string, number | bigint | boolean, number, number, number[]]>([
    ['IAdd', 17, UINT, 128, [20, 21]],
    ['ISub of unsigned numbers, which wraps', 0xffff_fff9, UINT, 130, [21, 20]],
    ['IMul', -84, INT, 132, [20, 22]],
    ['IMul of 64 bits', -7n * 2n ** 40n, INT64, 132, [25, 22]],
    ['UDiv', 2, UINT, 134, [20, 21]],
    ['SDiv, towards zero', -1, INT, 135, [22, 21]],
    ['UMod', 2, UINT, 137, [20, 21]],
    ['SRem, with the sign of the dividend', -2, INT, 138, [22, 21]],
    ['SMod, with the sign of the divisor', 3, INT, 139, [22, 21]],
    ['SNegate', 7, INT, 126, [22]],
    ['Not', 0xffff_fffa, UINT, 200, [21]],
    ['ShiftLeftLogical', 384, UINT, 196, [20, 21]],
    ['ShiftRightArithmetic', -1, INT, 195, [22, 21]],
    ['ShiftRightLogical', 0x07ff_ffff, UINT, 194, [22, 21]],
    ['BitwiseAnd', 4, UINT, 199, [20, 21]],
    ['ULessThan', true, BOOL, 176, [21, 20]],
    ['SLessThan', true, BOOL, 177, [22, 20]],
    ['ULessThan of a negative number', false, BOOL, 176, [22, 20]],
    ['LogicalNot', false, BOOL, 168, [24]],
    ['Select', 12, UINT, 169, [24, 20, 21]],
    ['UConvert', 0, UINT, 113, [25]],
    ['SConvert', -7n, INT64, 114, [22]],
    ['CompositeExtract', 5, UINT, 81, [26, 1]],
  ])('computes %s', (_, value, type, operation, operands) => {
    expect(computed(type, operation, ...operands)?.value).toBe(value);
  });

  it('keeps in mind whether specialization can change the result', () => {
    expect(computed(UINT, 128, 20, 21)).toMatchObject({ specId: null, isSpecialized: true });
    expect(computed(UINT, 128, 21, 23)).toMatchObject({ specId: null, isSpecialized: false });
    expect(computed(UINT, 81, 26, 0)).toMatchObject({ specId: 0, isSpecialized: true });
  });

  it.each<[string, number, number[]]>([
    ['a division by zero', 134, [20, 23]],
    ['a remainder by zero', 139, [20, 23]],
    ['a shift by more than the width', 196, [21, 22]],
    ['an operation that is not followed', 129, [20, 21]],
    ['an operand that is not there', 128, [20]],
    ['an operand that nothing declares', 128, [20, 98]],
    ['a component that is not there', 81, [26, 7]],
  ])('leaves out %s', (_, operation, operands) => {
    expect(computed(UINT, operation, ...operands)).toBeUndefined();
  });
});
