// What every interface of a kernel must be, however strange its module was: frozen plain data, finite sizes, text that
// steers no terminal, lists of a length that what follows can work with.
import type { KernelInterface, ScalarPlace } from '../../src/shader/kernel-interface.ts';

const MOST_CHARACTERS = 2048;
const MOST_ITEMS = 131_072;

/** @throws Error that names the first part that is not so. */
export function assertPlain(value: unknown, path = 'kernel'): void {
  const problem = problemOf(value, path);
  if (problem !== undefined) throw new Error(`${path} ${problem}`);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) assertPlain(part, `${path}.${key}`);
}

/** @throws Error for a scalar that begins outside of what it is in: it would be written behind a buffer. */
export function assertPlaces({ bindings, pushConstants, pushConstantBytes }: KernelInterface): void {
  for (const { name, headerBytes, headerScalars, elementBytes, elementScalars } of bindings) {
    assertInside(name, headerScalars, headerBytes);
    assertInside(name, elementScalars, elementBytes ?? 0);
  }
  for (const { name, scalars } of pushConstants) assertInside(name, scalars, pushConstantBytes);
}

function assertInside(owner: string, scalars: readonly ScalarPlace[], bytes: number): void {
  const outside = scalars.find(({ offset }) => offset >= bytes);
  if (outside !== undefined) throw new Error(`${owner}: ${outside.name} is not in its ${bytes} bytes`);
}

function problemOf(value: unknown, path: string): string | undefined {
  switch (typeof value) {
    case 'boolean':
    case 'bigint':
      return undefined;
    case 'string':
      return value.length > MOST_CHARACTERS || /[^\x20-\x7e]/.test(value) ? 'cannot be shown' : undefined;
    case 'number':
      // The default of a float constant is whatever its bits say.
      return path.endsWith('.default') || (Number.isFinite(value) && value >= 0) ? undefined : `is ${value}`;
    case 'object':
      return value === null ? undefined : objectProblem(value);
    default:
      return `is of type ${typeof value}`;
  }
}

function objectProblem(value: object): string | undefined {
  if (!Object.isFrozen(value)) return 'is not frozen';
  const isPlain = [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));
  if (!isPlain) return 'is of a class';
  return Object.keys(value).length > MOST_ITEMS ? 'is too long' : undefined;
}
