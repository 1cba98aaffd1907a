// What is wrong with the shape of a benchmark. Users' modules may be plain JavaScript, which no compiler
// has checked: every part is looked at once, so that nothing fails later with a TypeError. Pure; calls no
// function of the benchmark.

const KINDS = ['throughput', 'latency'];
const ELEMENT_TYPES = ['f32', 'u32', 'i32'];
const MEMORY = ['device', 'upload', 'download'];
const FILLS = ['zero', 'random'];

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
    buffersProblem(value)
  );
}

type Parts = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
  const optional = ['requires', 'bytes', 'flops', 'items'];
  const wrong = optional.find((part) => parts[part] !== undefined && typeof parts[part] !== 'function');
  return wrong === undefined ? null : `${wrong} is no function`;
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

function buffersProblem({ buffers }: Parts): string | null {
  return firstProblem(buffers as Parts, (name, plan) => {
    const what = `buffer "${name}"`;
    if (!isRecord(plan)) return `${what} is no object`;
    if (!isOneOf(ELEMENT_TYPES, plan.type)) return `type of ${what} is none of ${ELEMENT_TYPES.join(', ')}`;
    if (typeof plan.elements !== 'function') return `elements of ${what} is no function`;
    if (!isOneOf([undefined, ...MEMORY], plan.memory))
      return `memory of ${what} is none of ${MEMORY.join(', ')}`;
    if (typeof plan.fill === 'function' || isOneOf([undefined, ...FILLS], plan.fill)) return null;
    return `fill of ${what} is none of ${FILLS.join(', ')} and no function`;
  });
}

function isOneOf(allowed: readonly unknown[], value: unknown): boolean {
  return allowed.includes(value);
}

function firstProblem(parts: Parts, problem: (name: string, value: unknown) => string | null): string | null {
  for (const [name, value] of Object.entries(parts)) {
    const found = problem(name, value);
    if (found !== null) return found;
  }
  return null;
}
