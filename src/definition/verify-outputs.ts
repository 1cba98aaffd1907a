// Whether what one dispatch wrote is what the definition expects: a number, a file, another output, another kernel, or,
// where nobody knows better, the same as before. Reads files, and knows no device.
import { GuestmarkError } from '../base/errors.ts';
import type { AxisPoint, Elements, VerifyContext } from '../suite/benchmark.ts';
import { allOf, type Verification } from '../suite/verification.ts';
import { compareScalars } from './compare-outputs.ts';
import { bytesOfFile, numberByIndex } from './contents.ts';
import { type Expected, isOutput, type ShaderDefinition } from './definition.ts';
import { bindingAt, type Expandable, overridesModule } from './expand-definition.ts';

/** Outputs of which nothing is known but that they must repeat, bit for bit. */
export function repeatableOutputs({ definition, functions }: Expandable): readonly string[] {
  if (functions.verify !== undefined) return [];
  return Object.entries(definition.bindings)
    .filter(([, { expect }]) => expect?.value.what.kind === 'itself' && expect.value.tolerance === 0)
    .map(([name]) => name)
    .filter((name) => !hasReference(definition, name));
}

/**
 * Compares every output that has an expectation. A module's own function takes the place of all but those that are said
 * outside of the module.
 */
export function verifyOutputs(expandable: Expandable, axes: AxisPoint, context: VerifyContext): Verification {
  const { definition, functions } = expandable;
  const parts = Object.entries(definition.bindings).flatMap(([name, { expect }]) => {
    if (expect === null || (functions.verify !== undefined && !overridesModule(expect.from))) return [];
    return [verifyOutput(expandable, { name, expected: expect.value, axes }, context)];
  });
  if (functions.verify === undefined) return allOf(...parts);
  const own = functions.verify(axes, context.inputs, context.outputs);
  return parts.length === 0 ? own : allOf(own, ...parts);
}

interface Output {
  readonly name: string;
  readonly expected: Expected;
  readonly axes: AxisPoint;
}

function verifyOutput(expandable: Expandable, output: Output, context: VerifyContext): Verification {
  const { definition, kernel } = expandable;
  const { name, axes } = output;
  const binding = kernel.bindings.find((one) => one.name === name);
  if (binding === undefined) return allOf();
  const { what, tolerance } = output.expected;
  const layout = bindingAt(expandable, binding, axes);
  const actual = bytesOf(context.outputs[name]);
  if (what.kind === 'number') {
    const of = numberByIndex(what.value, axes);
    return compareScalars(actual, layout, { kind: 'numbers', of }, tolerance);
  }
  const against = (other: Uint8Array, source: string, within: number): Verification => {
    requireSameSize(name, actual, source, other);
    return compareScalars(actual, layout, { kind: 'bytes', bytes: other }, within);
  };
  if (what.kind === 'file') return against(bytesOfFile(what.path, name, layout.bytes), what.path, tolerance);
  if (what.kind === 'binding')
    return against(bytesOf(context.outputs[what.name]), `"${what.name}"`, tolerance);
  if (hasReference(definition, name) && context.reference !== null) {
    const within = definition.reference?.value.tolerance ?? 0;
    return against(bytesOf(context.reference[name]), 'the reference', within);
  }
  // The first time there is nothing to compare with: the values only count as looked at.
  return against(bytesOf((context.first ?? context.outputs)[name]), 'the first output', tolerance);
}

function requireSameSize(name: string, actual: Uint8Array, source: string, other: Uint8Array): void {
  if (actual.byteLength === other.byteLength) return;
  throw new GuestmarkError(
    'usage',
    `Cannot compare "${name}" with ${source}: ${actual.byteLength} bytes and ${other.byteLength} bytes`,
    { hint: 'compare outputs of the same size' },
  );
}

function hasReference({ reference }: ShaderDefinition, name: string): boolean {
  return reference !== null && isOutput(reference.value.definition, name);
}

function bytesOf(elements: Elements | undefined): Uint8Array {
  if (elements === undefined) return new Uint8Array();
  return new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
}
