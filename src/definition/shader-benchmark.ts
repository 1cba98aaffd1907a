// A benchmark that a module writes for a shader: the same words as the pragmas, as values and functions. Types and the
// check of their shape; the shader itself is loaded elsewhere.
import { GuestmarkError } from '../base/errors.ts';
import { type Benchmark, defineBenchmark as definePlain } from '../suite/benchmark.ts';
import type { ModuleFunctions } from './module-functions.ts';

/** A benchmark of a shader; only `shader` is needed, the rest takes the place of pragmas and conventions. */
export interface ShaderBenchmark<A extends string = string> extends ModuleFunctions<A> {
  /** The shader; a string is relative to the module. */
  readonly shader: string | URL;
  /** Default: from the name of the shader's file. */
  readonly name?: string;
  readonly summary?: string;
  readonly kind?: 'throughput' | 'latency';
  readonly axes?: Readonly<Record<A, readonly number[]>>;
  readonly entryPoint?: string;
  /** Preprocessor symbols. */
  readonly defines?: Readonly<Record<string, string>>;
  /** Folders for #include beside the shader's own, relative to the module. */
  readonly includeFolders?: readonly string[];
}

/**
 * Checks a benchmark's shape and freezes it. Axis names in its functions are checked by the compiler.
 *
 * @throws GuestmarkError (usage) that names what is wrong.
 */
export function defineBenchmark<const A extends string>(benchmark: Benchmark<A>): Benchmark;
export function defineBenchmark<const A extends string>(benchmark: ShaderBenchmark<A>): ShaderBenchmark;
export function defineBenchmark(benchmark: Benchmark | ShaderBenchmark): Benchmark | ShaderBenchmark {
  if (!isShaderBenchmark(benchmark)) return definePlain(benchmark);
  const problem = shaderBenchmarkProblem(benchmark);
  if (problem === null) return Object.freeze(benchmark);
  const { shader } = benchmark;
  const what = typeof shader === 'string' || shader instanceof URL ? `shader ${shader}` : 'a shader';
  throw new GuestmarkError('usage', `Cannot define a benchmark of ${what}: ${problem}`);
}

/** Whether a module's export is a benchmark of a shader; whether a good one, its problem says. */
export function isShaderBenchmark(value: unknown): value is ShaderBenchmark {
  return typeof value === 'object' && value !== null && 'shader' in value;
}

const FUNCTIONS = ['items', 'groups', 'flops', 'bytes', 'verify'] as const;
const KNOWN: readonly string[] = [
  ...FUNCTIONS,
  ...['elements', 'set', 'fill'],
  ...['shader', 'name', 'summary', 'kind', 'axes', 'entryPoint', 'defines', 'includeFolders'],
];

/** Why a value is no benchmark of a shader, as the end of a sentence, or null: no compiler has checked plain JavaScript. */
export function shaderBenchmarkProblem(value: ShaderBenchmark): string | null {
  const parts = value as unknown as Readonly<Record<string, unknown>>;
  const strange = Object.keys(parts).find((key) => !KNOWN.includes(key));
  if (strange !== undefined) return `"${strange}" is no part of it (known: ${KNOWN.join(', ')})`;
  if (!isText(parts.shader) && !isFileUrl(parts.shader)) return 'shader is no path and no file: URL';
  if (parts.items !== undefined && parts.groups !== undefined) return 'items and groups exclude each other';
  const wrong = FUNCTIONS.find((key) => parts[key] !== undefined && typeof parts[key] !== 'function');
  if (wrong !== undefined) return `${wrong} is no function`;
  return recordsProblem(parts) ?? axesProblem(parts.axes) ?? wordsProblem(parts);
}

function recordsProblem(parts: Readonly<Record<string, unknown>>): string | null {
  const isFunction = (one: unknown): boolean => typeof one === 'function';
  const isFill = (one: unknown): boolean => isFunction(one) || one === 'zero' || one === 'random';
  return (
    recordProblem(parts, 'elements', isFunction, 'no function') ??
    recordProblem(parts, 'set', isFunction, 'no function') ??
    recordProblem(parts, 'fill', isFill, 'none of zero, random and no function') ??
    recordProblem(parts, 'defines', (one) => typeof one === 'string', 'no text')
  );
}

function recordProblem(
  parts: Readonly<Record<string, unknown>>,
  key: string,
  isGood: (value: unknown) => boolean,
  problem: string,
): string | null {
  const record = parts[key];
  if (record === undefined) return null;
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return `${key} is no object`;
  const wrong = Object.entries(record).find(([, value]) => !isGood(value));
  return wrong === undefined ? null : `${key} of "${wrong[0]}" is ${problem}`;
}

function isFileUrl(value: unknown): boolean {
  return value instanceof URL && value.protocol === 'file:';
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function axesProblem(axes: unknown): string | null {
  if (axes === undefined) return null;
  if (typeof axes !== 'object' || axes === null || Array.isArray(axes)) return 'axes is no object';
  for (const [name, values] of Object.entries(axes)) {
    if (!/^[A-Za-z_]\w*$/.test(name)) return `axis "${name}" is not a plain name`;
    if (!Array.isArray(values) || values.length === 0) return `axis ${name} has no list of values`;
    if (!values.every((one) => Number.isFinite(one)))
      return `axis ${name} has a value that is no finite number`;
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) return `axis ${name} has the value ${twice} twice`;
  }
  return null;
}

function wordsProblem(parts: Readonly<Record<string, unknown>>): string | null {
  const { name, summary, kind, entryPoint, includeFolders } = parts;
  if (name !== undefined && !(typeof name === 'string' && /^[a-z][a-z0-9-]*$/.test(name)))
    return 'the name is not made of lower-case letters, digits and dashes';
  if (summary !== undefined && typeof summary !== 'string') return 'summary is no text';
  if (entryPoint !== undefined && typeof entryPoint !== 'string') return 'entryPoint is no text';
  if (includeFolders !== undefined && !(Array.isArray(includeFolders) && includeFolders.every(isText)))
    return 'includeFolders is no list of paths';
  return [undefined, 'throughput', 'latency'].includes(kind as string | undefined)
    ? null
    : `kind "${String(kind)}" is none of throughput, latency`;
}
