// What is wrong with what an operation() or its figures() gave. Users' modules may be plain JavaScript: what is missing or
// misspelt is said before anything is timed, and nothing that is no number reaches the report. Pure.
import { FIGURE_UNITS } from './operation.ts';
import { isOneOf, isRecord, type Parts } from './value-shape.ts';

/** Why a value is no operation, as the end of a sentence, or null. */
export function operationProblem(value: unknown): string | null {
  if (!isRecord(value)) return 'it gives no object';
  const missing = ['run', 'verify'].filter((part) => typeof value[part] !== 'function');
  if (missing.length > 0) return `${missing.join(', ')} is missing`;
  const wrong = ['wait', 'reset', 'ticks', 'figures'].find(
    (part) => value[part] !== undefined && typeof value[part] !== 'function',
  );
  if (wrong !== undefined) return `${wrong} is no function`;
  const { calls, mostSamples } = value;
  if (!Number.isFinite(calls) || (calls as number) < 0) return 'calls is no number of native calls';
  const isCount = Number.isSafeInteger(mostSamples) && (mostSamples as number) >= 1;
  return mostSamples === undefined || isCount ? null : 'mostSamples is no number of samples';
}

/** Why a value is no list of figures, as the end of a sentence, or null. */
export function figuresProblem(value: unknown): string | null {
  if (!Array.isArray(value)) return 'it gives no list';
  for (const [index, figure] of value.entries()) {
    const problem = isRecord(figure) ? figureProblem(figure) : 'is no object';
    if (problem !== null) return `figure ${index} ${problem}`;
  }
  return null;
}

function figureProblem({ estimate, unit, ...parts }: Parts): string | null {
  const missing = ['id', 'label', 'method'].find((part) => typeof parts[part] !== 'string');
  if (missing !== undefined) return `has no ${missing}`;
  if (!isOneOf(FIGURE_UNITS, unit)) return `has a unit that is none of ${FIGURE_UNITS.join(', ')}`;
  if (!isRecord(estimate)) return 'has no estimate';
  if (estimate.available !== true)
    return typeof estimate.reason === 'string' ? null : 'is not known, and gives no reason';
  const { value } = estimate;
  const isWhole = isRecord(value) && ['value', 'low', 'high'].every((part) => Number.isFinite(value[part]));
  return isWhole ? null : 'has a value, or bounds, that are no finite numbers';
}
