// What follows from an interface that reflection accepts, however strange: a definition with cases of finite sizes, whose
// bindings can be filled, or an error that says why. GUESTMARK_FUZZ_INPUTS is the number of inputs.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import { seededRandom } from '../../src/base/random.ts';
import { benchmarkOf, expandableOf } from '../../src/definition/benchmark-of.ts';
import { defineShader } from '../../src/definition/define.ts';
import type { ShaderDefinition } from '../../src/definition/definition.ts';
import { describeDefinition } from '../../src/definition/describe-definition.ts';
import { planDefinition } from '../../src/definition/plan-definition.ts';
import { reflectKernel } from '../../src/shader/reflect.ts';
import type { AxisPoint, Benchmark } from '../../src/suite/benchmark.ts';
import { planCases } from '../../src/suite/plan.ts';
import { deviceInfo } from '../report/sample-device.ts';
import { hostileModules } from '../shader/hostile-modules.ts';
import { moduleSeeds } from '../shader/module-seeds.ts';
import { said } from './interfaces.ts';

const INPUTS = Number(process.env.GUESTMARK_FUZZ_INPUTS ?? 1500);
const MOST_MS = 3000;
const MOST_FILLED_BYTES = 2 ** 20;

it(
  'a strange interface gives a definition and cases, or an error that says why',
  async () => {
    const seeds = await moduleSeeds();
    const found = { defined: 0, filled: 0, slowestMs: 0 };
    fc.assert(
      fc.property(hostileModules(seeds), statements(), (spirv, texts) => {
        const before = performance.now();
        const definition = orRefused(() => define(spirv, texts));
        if (definition !== undefined) found.filled += use(definition);
        const ms = performance.now() - before;
        if (ms > MOST_MS) throw new Error(`it took ${ms} ms`);
        found.defined += definition === undefined ? 0 : 1;
        found.slowestMs = Math.max(found.slowestMs, ms);
      }),
      { numRuns: INPUTS, seed: Number(process.env.GUESTMARK_FUZZ_SEED ?? 4) },
    );
    if (process.env.GUESTMARK_FUZZ_INPUTS !== undefined) console.info(found);
    // About a sixth is defined; most of the rest lacks something that only its author knows.
    expect(found.defined / INPUTS).toBeGreaterThan(0.05);
    expect(found.filled).toBeGreaterThan(found.defined / 10);
  },
  60_000 + INPUTS * 20,
);

/** What somebody may say of any shader, for the names that the seeds have. */
function statements(): fc.Arbitrary<readonly string[]> {
  const name = fc.constantFrom('x', 'y', 'a', 'data', 'result', 'params', 'm', 'binding0');
  const value = fc.constantFrom('n', '0', '3', '1e300', 'n * n', '-1', '1 / n', 'n - 7', 'width');
  const statement = fc.oneof(
    fc.tuple(name, value).map(([one, number]) => `elements ${one} = ${number}`),
    fc.tuple(name, value).map(([one, number]) => `set ${one} = ${number}`),
    fc.tuple(name, value).map(([one, number]) => `fill ${one} = ${number}`),
    fc.tuple(name, value).map(([one, number]) => `expect ${one} = ${number}`),
    value.map((number) => `items ${number}, ${number}`),
    value.map((number) => `bytes ${number}`),
    fc.constantFrom('axis n = 1..7', 'axis n = 9007199254740993', 'axis n = 0.5', 'axis width = 1e300'),
  );
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(statement, { maxLength: 2 }) },
  );
}

function define(spirv: Uint8Array, texts: readonly string[]): ShaderDefinition {
  const kernel = reflectKernel(spirv);
  const shader = {
    path: 'strange.spv',
    language: 'spirv' as const,
    spirv: Uint8Array.from(spirv),
    text: '',
    sourceSha256: '',
    spirvSha256: '',
    targetEnvironment: null,
    compiler: null,
    validator: { name: null, reason: null },
    cached: false,
  };
  return defineShader({
    shader,
    kernel,
    name: { value: 'strange', from: { kind: 'convention', place: null } },
    statements: said('pragma', ...texts),
    isVerifiedElsewhere: false,
    module: null,
    reference: null,
  });
}

/** Plans, describes, fills and verifies; gives how many bindings were filled. */
function use(definition: ShaderDefinition): number {
  const expandable = expandableOf(definition, {});
  JSON.stringify([planDefinition(expandable, deviceInfo()), describeDefinition(expandable)]);
  const benchmark = benchmarkOf(definition);
  orRefused(() => planCases([benchmark], { suite: 'standard', selectors: ['strange'], axes: {} }));
  const first = pointOf(benchmark, ([value = 1]) => value);
  const small = pointOf(benchmark, ([value = 1]) => Math.min(value, 3));
  return [first, small].reduce((sum, axes) => sum + (orRefused(() => filledAt(benchmark, axes)) ?? 0), 0);
}

function pointOf({ axes }: Benchmark, choose: (values: readonly number[]) => number): AxisPoint {
  return Object.fromEntries(Object.entries(axes).map(([name, values]) => [name, choose(values)]));
}

const BYTES: Readonly<Record<string, number>> = { f64: 8, f32: 4, u32: 4, i32: 4, u16: 2, i16: 2 };

function filledAt(benchmark: Benchmark, axes: AxisPoint): number {
  benchmark.work(axes);
  const contents: [string, Uint8Array][] = [];
  for (const [name, { type, elements, fill, image }] of Object.entries(benchmark.buffers)) {
    const bytes = elements(axes) * (BYTES[type] ?? 1);
    image?.extent(axes);
    if (!(Number.isFinite(bytes) && bytes >= 0)) throw new Error(`${name} has ${bytes} bytes`);
    // Where it is no whole number the case is refused before anything is made.
    if (bytes > MOST_FILLED_BYTES || !Number.isInteger(elements(axes))) continue;
    if (typeof fill !== 'function') throw new Error(`nothing fills ${name}`);
    const into = new Uint8Array(bytes);
    fill(into, axes, seededRandom(1));
    contents.push([name, into]);
  }
  const outputs = Object.fromEntries(contents);
  const context = { inputs: outputs, outputs, iterations: 1, first: null, reference: null };
  if (contents.length === Object.keys(benchmark.buffers).length) benchmark.verify(axes, context);
  return contents.length;
}

/** @throws whatever is no error that was foreseen, or would steer a terminal. */
function orRefused<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof GuestmarkError && /^Cannot \P{Cc}+$/u.test(error.message)) return undefined;
    throw error;
  }
}
