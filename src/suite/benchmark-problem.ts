// What is wrong with the shape of a benchmark. Users' modules may be plain JavaScript, which no compiler
// has checked: every part is looked at once, so that nothing fails later with a TypeError. Pure; calls no
// function of the benchmark.
import { buffersProblem } from './buffer-problem.ts';
import { CATEGORIES, ROOF_TYPES } from './categories.ts';
import { firstProblem, isOneOf, isRecord, type Parts } from './value-shape.ts';

const KINDS = ['throughput', 'latency'];
const VERIFIES = ['all iterations', 'one iteration'];

/**
 * Why a value is no benchmark, as the end of a sentence, or null.
 *
 * @param suiteNames The suites there are.
 */
export function benchmarkProblem(value: unknown, suiteNames: readonly string[]): string | null {
  if (!isRecord(value)) return 'it is no object';
  return (
    missingParts(value) ??
    wrongPart(value) ??
    axesProblem(value) ??
    suitesProblem(value, suiteNames) ??
    buffersProblem(value.buffers) ??
    verificationProblem(value)
  );
}

function missingParts(benchmark: Parts): string | null {
  const missing = [
    ...['name', 'summary', 'kind'].filter((part) => typeof benchmark[part] !== 'string'),
    ...['axes', 'suites', 'buffers'].filter((part) => !isRecord(benchmark[part])),
    ...['work', 'verify'].filter((part) => typeof benchmark[part] !== 'function'),
  ];
  return missing.length === 0 ? null : `${missing.join(', ')} is missing`;
}

function wrongPart({ name, kind, ...parts }: Parts): string | null {
  if (!/^[a-z][a-z0-9-]*$/.test(name as string))
    return 'the name is not made of lower-case letters, digits and dashes';
  if (!isOneOf(KINDS, kind)) return `kind "${kind}" is none of ${KINDS.join(', ')}`;
  const optional = [
    'requires',
    'skips',
    'bytes',
    'flops',
    'items',
    'reference',
    'cold',
    'operation',
    'lastsNs',
  ];
  const wrong = optional.find((part) => parts[part] !== undefined && typeof parts[part] !== 'function');
  if (wrong !== undefined) return `${wrong} is no function`;
  if (parts.operation !== undefined && kind !== 'latency') return 'an operation is no latency by its kind';
  return describedPart(parts);
}

/** What tells the reader, or the report, more about the figures. */
function describedPart({ axes, category, explanation, itemName, flopType, ...parts }: Parts): string | null {
  if (!isOneOf([undefined, ...CATEGORIES], category)) return `category is none of ${CATEGORIES.join(', ')}`;
  if (!isOneOf([undefined, ...ROOF_TYPES], flopType)) return `flopType is none of ${ROOF_TYPES.join(', ')}`;
  if (itemName !== undefined && (typeof itemName !== 'string' || !/^\S.{0,30}$/.test(itemName)))
    return 'itemName is no short name';
  const wrong = ['showsItemTime', 'isRoof'].find((part) => !isOneOf([undefined, true, false], parts[part]));
  if (wrong !== undefined) return `${wrong} is neither true nor false`;
  const noAxis = ['doubles', 'fitsStartUp'].find(
    (part) =>
      parts[part] !== undefined && !(isRecord(axes) && Object.hasOwn(axes, parts[part] as PropertyKey)),
  );
  if (noAxis !== undefined) return `${noAxis} names "${parts[noAxis]}", which is no axis`;
  return explanation === undefined ? null : explanationProblem(explanation);
}

function explanationProblem(value: unknown): string | null {
  if (!isRecord(value)) return 'explanation is no object';
  const missing = ['method', 'limit', 'verification'].find((part) => typeof value[part] !== 'string');
  if (missing !== undefined) return `explanation.${missing} is missing`;
  const { sources = [] } = value;
  const areTexts = Array.isArray(sources) && sources.every((source) => typeof source === 'string');
  return areTexts ? null : 'explanation.sources is no list of texts';
}

function axesProblem({ axes }: Parts): string | null {
  return firstProblem(axes as Parts, (axis, values) => {
    if (!/^[A-Za-z_]\w*$/.test(axis)) return `axis "${axis}" is not a plain name`;
    return valuesProblem(`axis ${axis}`, values);
  });
}

/** Values are a list of numbers, each once: the same case cannot be two. */
function valuesProblem(what: string, values: unknown): string | null {
  if (!Array.isArray(values) || values.length === 0) return `${what} has no list of values`;
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong !== -1) return `${what} has a value that is no finite number: ${values[wrong]}`;
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  return twice === undefined ? null : `${what} has the value ${twice} twice`;
}

function suitesProblem({ axes, suites }: Parts, suiteNames: readonly string[]): string | null {
  return firstProblem(suites as Parts, (suite, overrides) => {
    if (!isOneOf(suiteNames, suite)) return `suite "${suite}" is none of ${suiteNames.join(', ')}`;
    if (overrides === undefined) return null;
    if (!isRecord(overrides)) return `suite ${suite} is no object of axis values`;
    return firstProblem(overrides, (axis, values) => {
      if (!Object.hasOwn(axes as Parts, axis))
        return `suite ${suite} sets the axis "${axis}", which is not declared`;
      return values === undefined ? null : valuesProblem(`axis ${axis} of suite ${suite}`, values);
    });
  });
}

/** How the outputs are verified. */
function verificationProblem({ verifies, repeatable, buffers }: Parts): string | null {
  if (!isOneOf([undefined, ...VERIFIES], verifies)) return `verifies is none of ${VERIFIES.join(', ')}`;
  if (repeatable === undefined) return null;
  if (!Array.isArray(repeatable)) return 'repeatable is no list of buffers';
  const unknown = repeatable.find(
    (name) => typeof name !== 'string' || !Object.hasOwn(buffers as Parts, name),
  );
  if (unknown !== undefined) return `repeatable names "${unknown}", which is not declared`;
  return verifies === 'one iteration' ? null : 'repeatable is given, and verifies is not "one iteration"';
}
