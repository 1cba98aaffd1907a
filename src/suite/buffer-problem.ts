// What is wrong with the shape of a benchmark's buffers and images. Pure; calls none of their functions.
import { ELEMENT_TYPES } from './element-types.ts';
import { firstProblem, isOneOf, isRecord, type Parts } from './value-shape.ts';

const MEMORY = ['device', 'upload', 'download'];
const USAGES = ['storage', 'uniform', 'transfer'];
const DIMENSIONS = ['1d', '2d', '3d'];
const FILLS = ['zero', 'random', 'poison'];
/** What only a buffer has. */
const OF_BUFFERS = ['memory', 'usage', 'guardBytes'];

/** Why a value is no set of buffers, as the end of a sentence, or null. */
export function buffersProblem(buffers: unknown): string | null {
  return firstProblem(buffers as Parts, (name, plan) => {
    const what = `buffer "${name}"`;
    if (!isRecord(plan)) return `${what} is no object`;
    return contentsProblem(what, plan) ?? placeProblem(what, plan) ?? imageProblem(name, plan);
  });
}

function contentsProblem(what: string, { type, elements, fill }: Parts): string | null {
  if (!isOneOf(ELEMENT_TYPES, type)) return `type of ${what} is none of ${ELEMENT_TYPES.join(', ')}`;
  if (typeof elements !== 'function') return `elements of ${what} is no function`;
  if (typeof fill === 'function' || isOneOf([undefined, ...FILLS], fill)) return null;
  return `fill of ${what} is none of ${FILLS.join(', ')} and no function`;
}

function placeProblem(what: string, { memory, usage, guardBytes = 0 }: Parts): string | null {
  if (!isOneOf([undefined, ...MEMORY], memory)) return `memory of ${what} is none of ${MEMORY.join(', ')}`;
  if (!isOneOf([undefined, ...USAGES], usage)) return `usage of ${what} is none of ${USAGES.join(', ')}`;
  if (Number.isSafeInteger(guardBytes) && (guardBytes as number) >= 0) return null;
  return `guardBytes of ${what} is no whole number`;
}

function imageProblem(name: string, { image, ...plan }: Parts): string | null {
  if (image === undefined) return null;
  const what = `image "${name}"`;
  if (!isRecord(image)) return `${what} is no object`;
  const { format, dimensions, extent } = image;
  if (typeof format !== 'string' || format === '') return `format of ${what} is no name`;
  if (!isOneOf(DIMENSIONS, dimensions)) return `dimensions of ${what} is none of ${DIMENSIONS.join(', ')}`;
  if (typeof extent !== 'function') return `extent of ${what} is no function`;
  const foreign = OF_BUFFERS.find((part) => plan[part] !== undefined);
  return foreign === undefined ? null : `${what} has ${foreign}, which only buffers have`;
}
