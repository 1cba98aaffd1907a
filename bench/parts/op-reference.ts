// What an invocation of op.comp must write, computed a second time: integers exactly, floating-point numbers in double
// precision, with a bound that every step carries on and adds to.
import { compareElements, type Elements, type Tolerance, type Verification } from 'guestmark';
import { type ArithmeticOp, type FloatOp, type IntegerOp, parametersOf } from './arithmetic-op.ts';
import { ULP } from './float-precision.ts';
import { expectedResults, type Orbit } from './multiply-add.ts';

/** Steps with the one parameter, before as many with the other. */
const HALF = 8;

/** A number, and how far a device's may be from it. */
interface Bounded {
  readonly value: number;
  readonly error: number;
}

/** What is compared. */
interface Chains {
  readonly loops: number;
  /** Of an invocation. */
  readonly chains: number;
}

/** Compares the results of all invocations. */
export function verifyOp(op: ArithmeticOp, of: Chains, result: Elements): Verification {
  const { results, tolerance } = isInteger(op)
    ? integers(op, of, result.length)
    : floats(op, of, result.length);
  return compareElements('result', result, (i) => results[i % results.length] as number, tolerance);
}

function isInteger(op: ArithmeticOp): op is IntegerOp {
  return op.type === 'i32' || op.type === 'i64';
}

interface Expected {
  readonly results: readonly number[];
  readonly tolerance: Tolerance;
}

function integers(op: IntegerOp, { loops, chains }: Chains, invocations: number): Expected {
  const bits = bitsOf(op);
  const total = (values: readonly bigint[]): number => {
    const sum = BigInt.asIntN(
      bits,
      values.reduce((all, value) => all + value, 0n),
    );
    return Number(BigInt.asIntN(32, bits === 64 ? sum ^ (sum >> 32n) : sum));
  };
  const orbitFrom = (place: number): Orbit<bigint> => integerOrbit(op, place, loops);
  const placeStep = placeStepOf(op);
  const results = expectedResults(invocations, { components: chains, orbitFrom, total, placeStep });
  return { results, tolerance: {} };
}

function bitsOf({ type }: IntegerOp): number {
  return type === 'i64' ? 64 : 32;
}

/** Chains that are restarted begin where chain 0 does. */
function placeStepOf({ restarts }: ArithmeticOp): number | undefined {
  return restarts ? 0 : undefined;
}

function integerOrbit(op: IntegerOp, place: number, loops: number): Orbit<bigint> {
  const bits = bitsOf(op);
  const { a, b, c } = parametersOf(op);
  // The kernel squares them where there are 64 bits.
  const [forth, back] = [a, b].map((value) => BigInt(value) ** (bits === 64 ? 2n : 1n)) as [bigint, bigint];
  const eightSteps = (from: bigint, parameter: bigint): bigint => {
    let x = from;
    for (let step = 0; step < HALF; step++) x = BigInt.asIntN(bits, op.step(x, parameter, BigInt(c)));
    return x;
  };
  const start = BigInt(2 * place + 3);
  let end = start;
  let sum = 0n;
  // Every loop of a restarted chain is the same.
  const distinct = op.restarts ? 1 : loops;
  for (let loop = 0; loop < distinct; loop++) {
    const middle = eightSteps(end, forth);
    end = eightSteps(middle, back);
    sum += middle + end;
  }
  return { end, sum: op.restarts ? sum * BigInt(loops) : sum };
}

function floats(op: FloatOp, { loops, chains }: Chains, invocations: number): Expected {
  const all = (part: keyof Bounded): readonly number[] =>
    expectedResults(invocations, {
      components: chains,
      orbitFrom: (place): Orbit<number> => {
        const { middle, end } = floatOrbit(op, place);
        return { end: end[part], sum: loops * (middle[part] + end[part]) };
      },
      total: (values) => values.reduce((sum, value) => sum + value, 0),
      placeStep: placeStepOf(op),
    });
  // Every addition to the sum rounds by an ulp at most; the sum grows, so that none is larger than the last.
  const relative = (2 * loops + chains) * ULP[op.type];
  return { results: all('value'), tolerance: { absolute: Math.max(...all('error')), relative } };
}

/** One loop: the others are the same, because they begin with the same value. */
function floatOrbit(op: FloatOp, place: number): Record<'middle' | 'end', Bounded> {
  const { a, b, scale } = parametersOf(op);
  const eightSteps = (from: Bounded, parameter: number): Bounded => {
    let x = from;
    for (let step = 0; step < HALF; step++) x = boundedStep(op, x, parameter);
    return x;
  };
  const middle = eightSteps({ value: scale * (1 + (place + 1) / 32), error: 0 }, a);
  return { middle, end: eightSteps(middle, b) };
}

/** All operations are monotone where they are used: the ends of an interval bound what becomes of it. */
function boundedStep(op: FloatOp, { value, error }: Bounded, parameter: number): Bounded {
  const { c } = parametersOf(op);
  const result = op.step(value, parameter, c);
  const spread = [value - error, value + error].map((x) => Math.abs(op.step(x, parameter, c) - result));
  return { value: result, error: Math.max(...spread) + op.error(value, result, parameter) };
}
