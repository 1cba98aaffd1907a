// Users' text in every form that is parsed: pragmas, statements, axis values, thresholds, suite files. Noise, valid text
// and valid text with something changed give a value or an error that says why.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeError, GuestmarkError } from '../../src/base/errors.ts';
import { parseAxisValues } from '../../src/definition/axis-values.ts';
import { parseJson } from '../../src/definition/parse-json.ts';
import { parseYaml } from '../../src/definition/parse-yaml.ts';
import { pragmasIn } from '../../src/definition/pragma.ts';
import { parseStatement } from '../../src/definition/statement.ts';
import { parseSuiteDocument } from '../../src/definition/suite-file-schema.ts';
import { parseThreshold } from '../../src/definition/threshold.ts';

const INPUTS = Number(process.env.GUESTMARK_FUZZ_INPUTS ?? 3000);
const MOST_MS = 1000;

const PRAGMAS = [
  'axis n = 1Mi, 16Mi',
  'axis n = 1Mi..64Mi*4',
  'axis k = 0..100+10',
  'elements img = width, height',
  'items ceil(n / 4), 2, 1',
  'groups (n + 63) / 64',
  'fill x = random 42',
  'fill x = file "x.bin"',
  'set lights[0].color = 2 * n, -1, 0.5',
  'expect y = 3 + 2 * i within 1e-5',
  'expect y = equal to z',
  'flops 2 * n',
  'requires shaderFloat64',
  'name my-name',
  'summary Any text, "quoted" // too',
  'entry main2',
  'kind latency',
];
const SHADER = `#version 450\n/* a comment\n*/ ${PRAGMAS.map((text) => `#pragma guestmark ${text} // why`).join('\n')}`;
const SUITE = `name: all
shaders:
  - &one { file: saxpy.comp, axes: { n: [1Mi, 2], k: 1..8 }, define: { A: 1 } }
  - file: b.comp
    pragmas: ["fill x = zero"]
    thresholds: { gpuTime: "<= 5 ms" }
  - *one
modules: [a.mjs]
`;
const JSON_SUITE =
  '{"shaders": [{"file": "a.comp", "axes": {"n": [1, "2Mi"]}, "include": "lib"}], "modules": []}';
const LIMITS = ['<= 5 ms', '>= 10 GB/s', '< 1 %'];
const SEEDS = [...PRAGMAS, SHADER, SUITE, JSON_SUITE, ...LIMITS];
const PIECES = [
  ' ',
  ',',
  '..',
  '*',
  '(',
  '/*',
  '//',
  '"',
  '\n',
  '=',
  '[',
  '{',
  '&a',
  '*a',
  '1e999',
  '\u001b[2J',
  '\0',
];

/** Text with pieces of it repeated, moved or lost, and others put in. */
const changed: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...SEEDS),
    fc.array(fc.tuple(fc.noBias(fc.nat()), fc.nat(12), fc.oneof(fc.constantFrom(...PIECES), fc.string())), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.constantFrom(1, 1, 1, 1000),
  )
  .map(([seed, changes, times]) =>
    changes.reduce((text, [at, lost, put]) => {
      const index = at % (text.length + 1);
      return text.slice(0, index) + put.repeat(times) + text.slice(index + lost);
    }, seed),
  );

it('text of any kind is read, or refused with a reason that can be shown', () => {
  const accepted: Record<string, number> = {};
  const text = fc.oneof(
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 6, arbitrary: changed },
  );
  fc.assert(
    fc.property(text, (source) => {
      for (const [name, parse] of Object.entries(PARSERS)) {
        const before = performance.now();
        const isAccepted = accepts(() => parse(source));
        const ms = performance.now() - before;
        if (ms > MOST_MS) throw new Error(`${name} took ${ms} ms`);
        if (isAccepted) accepted[name] = (accepted[name] ?? 0) + 1;
      }
    }),
    {
      numRuns: INPUTS,
      seed: Number(process.env.GUESTMARK_FUZZ_SEED ?? 4),
      examples: SEEDS.map((seed) => [seed]),
    },
  );
  // Otherwise nothing was tried but refusals.
  expect(Object.keys(accepted).sort()).toEqual(Object.keys(PARSERS).sort());
});

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  statement: (text) => JSON.stringify(shownIfRefused(() => parseStatement(text, '/folder', 'my.comp:4'))),
  axisValues: (text) => requireNumbers(parseAxisValues(text.replace(/^axis \w+ = /, ''))),
  threshold: (text) => parseThreshold('gpuTime', text),
  shader: (text) =>
    pragmasIn(text, 'glsl').map((pragma) => parseStatement(pragma.text, '/folder', `my.comp:${pragma.line}`)),
  assembly: (text) => pragmasIn(text, 'spirv-assembly'),
  yaml: (text) => suite(parseYaml(text)),
  json: (text) => suite(parseJson(text)),
};

function suite(parsed: ReturnType<typeof parseYaml>): void {
  if ('problem' in parsed) throw refused(parsed.problem);
  const result = parseSuiteDocument(parsed.value);
  if ('problem' in result) throw refused(result.problem);
}

function refused(problem: string): GuestmarkError {
  expect(problem.length).toBeGreaterThan(0);
  return new GuestmarkError('usage', 'Cannot read suite file: it has a problem');
}

/** The shader of a stranger may have anything in its pragmas, and its reasons are shown. */
function shownIfRefused<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (/\p{Cc}/u.test(describeError(error)))
      throw new Error(`control characters in ${describeError(error)}`);
    throw error;
  }
}

function requireNumbers(values: readonly number[]): void {
  if (values.length === 0 || values.length > 1000 || !values.every(Number.isFinite))
    throw new Error(`${values.length} values, or one is no finite number`);
}

function accepts(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch (error) {
    if (error instanceof GuestmarkError && /^Cannot ./.test(error.message)) return false;
    throw error;
  }
}
