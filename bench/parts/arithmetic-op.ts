// The arithmetic operations that op.comp measures: what it is given for each, and how a step is computed a second time.
import {
  DIVISION_ULPS,
  expUlps,
  INVERSE_SQRT_ULPS,
  log2Error,
  powRelativeError,
  SIN_ERROR,
  SQRT_ULPS,
  ULP,
} from './float-precision.ts';

/** Parameters of the kernel; see its head. */
export interface OpParameters {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly scale: number;
}

interface AnyOp extends Partial<OpParameters> {
  /** Of the benchmark and the kernel: `div-f32`. */
  readonly name: string;
  readonly what: string;
  readonly needs?: readonly string[];
  /** Whether the kernel begins anew with every loop. */
  readonly restarts: boolean;
}

/** An operation on floating-point numbers. */
export interface FloatOp extends AnyOp {
  readonly type: 'f32' | 'f64';
  readonly step: (x: number, parameter: number, c: number) => number;
  /** How far a device's result of one step may be from the exact one; 0 where all values are exactly representable. */
  readonly error: (x: number, result: number, parameter: number) => number;
}

/** An operation on integers, exact modulo 2^bits. */
export interface IntegerOp extends AnyOp {
  readonly type: 'i32' | 'i64';
  readonly step: (x: bigint, parameter: bigint, c: bigint) => bigint;
}

export type ArithmeticOp = FloatOp | IntegerOp;

const none = (): number => 0;
/** So many ulps of the result. */
const ulps =
  (count: number, type: 'f32' | 'f64' = 'f32') =>
  (_: number, result: number): number =>
    count * ULP[type] * Math.abs(result);

const f64 = { type: 'f64', needs: ['shaderFloat64'] } as const;
const i64 = { type: 'i64', needs: ['shaderInt64'] } as const;
const f32 = { type: 'f32' } as const;
const i32 = { type: 'i32' } as const;
/** Numbers whose root can be taken 16 times before it is too near to 1 to tell. */
const HUGE = 2 ** 100;
const LARGEST_I32 = 2 ** 31 - 1;
const back = { a: 1, b: -1, restarts: false, error: none } as const;
const doubled = { a: 2, b: 0.5, restarts: false, error: none } as const;

const add = { ...back, step: (x: number, p: number) => x + p };
const mul = { ...doubled, step: (x: number, p: number) => x * p };
const fma = { ...back, c: 1, step: (x: number, p: number, c: number) => c * x + p };
const div = { restarts: true, a: 3, b: 3, step: (x: number, p: number) => p / x };
const sqrt = { restarts: true, scale: HUGE, step: (x: number) => Math.sqrt(x) };
const square = { restarts: true, step: (x: bigint) => x * x };
const divide = { restarts: true, a: LARGEST_I32, b: LARGEST_I32, step: (x: bigint, p: bigint) => p / x };

const FLOAT_OPS: readonly FloatOp[] = [
  { name: 'add-f32', what: 'addition', ...f32, ...add },
  { name: 'mul-f32', what: 'multiplication', ...f32, ...mul },
  { name: 'fma-f32', what: 'fused multiply-add', ...f32, ...fma },
  { name: 'div-f32', what: 'division', ...f32, ...div, error: ulps(DIVISION_ULPS) },
  {
    name: 'rcp-f32',
    what: 'reciprocal',
    ...f32,
    restarts: true,
    step: (x) => 1 / x,
    error: ulps(DIVISION_ULPS),
  },
  { name: 'sqrt-f32', what: 'square root', ...f32, ...sqrt, error: ulps(SQRT_ULPS) },
  {
    name: 'rsqrt-f32',
    what: 'inverse square root',
    ...f32,
    restarts: true,
    scale: HUGE,
    step: (x) => 1 / Math.sqrt(x),
    error: ulps(INVERSE_SQRT_ULPS),
  },
  {
    name: 'exp2-f32',
    what: 'power of 2',
    ...f32,
    restarts: true,
    step: (x) => 2 ** -x,
    error: (x, result) => expUlps(x) * ULP.f32 * result,
  },
  {
    name: 'log2-f32',
    what: 'logarithm (and an addition)',
    ...f32,
    restarts: true,
    c: 1,
    step: (x, _, c) => Math.log2(x) + c,
    error: (x, result) => log2Error(x) + ULP.f32 * Math.abs(result),
  },
  {
    name: 'sin-f32',
    what: 'sine',
    ...f32,
    restarts: true,
    step: (x) => Math.sin(x),
    error: () => SIN_ERROR,
  },
  {
    name: 'pow-f32',
    what: 'power (and a multiplication)',
    ...f32,
    restarts: true,
    a: 1.5,
    b: Math.fround(2 / 3),
    step: (x, p) => x ** p,
    error: (x, result, p) => (powRelativeError(x, p) + ULP.f32) * result,
  },
  { name: 'add-f64', what: 'addition', ...f64, ...add },
  { name: 'mul-f64', what: 'multiplication', ...f64, ...mul },
  { name: 'fma-f64', what: 'fused multiply-add', ...f64, ...fma },
  { name: 'div-f64', what: 'division', ...f64, ...div, error: ulps(DIVISION_ULPS, 'f64') },
  { name: 'sqrt-f64', what: 'square root', ...f64, ...sqrt, error: ulps(SQRT_ULPS, 'f64') },
];

const INTEGER_OPS: readonly IntegerOp[] = [
  {
    name: 'mad-i32',
    what: 'multiply-add',
    ...i32,
    restarts: false,
    a: 1,
    b: 3,
    c: 5,
    step: (x, p, c) => c * x + p,
  },
  { name: 'mul-i32', what: 'multiplication', ...i32, ...square },
  { name: 'div-i32', what: 'division', ...i32, ...divide },
  {
    name: 'rem-i32',
    what: 'remainder (and an addition)',
    ...i32,
    restarts: true,
    a: LARGEST_I32,
    b: LARGEST_I32 - 2,
    c: 37,
    step: (x, p, c) => p % (x + c),
  },
  { name: 'mul-i64', what: 'multiplication', ...i64, ...square },
  { name: 'div-i64', what: 'division', ...i64, ...divide },
];

/** The operation of a name. */
export function arithmeticOp(name: string): ArithmeticOp {
  const op = [...FLOAT_OPS, ...INTEGER_OPS].find((one) => one.name === name);
  if (op === undefined) throw new Error(`no operation is named ${name}`);
  return op;
}

/** What the kernel is given for an operation. */
export function parametersOf({ a = 1, b = 1, c = 1, scale = 1 }: ArithmeticOp): OpParameters {
  return { a, b, c, scale };
}
