// Whether what one dispatch wrote is what the definition expects: a number, a file, another output, another kernel, or,
// where nobody knows better, the same as before. Reads files, and knows no device.
import { GuestmarkError } from '../base/errors.ts';
import { ownValue } from '../base/own-value.ts';
import type { AxisPoint, Elements, VerifyContext } from '../suite/benchmark.ts';
import { allOf, type Verification } from '../suite/verification.ts';
import type { BindingLayout } from './binding-layout.ts';
import { compareScalars } from './compare-outputs.ts';
import { bytesOfFile, numberByIndex } from './contents.ts';
import { type Expected, isOutput, type ShaderDefinition, type Sourced } from './definition.ts';
import { bindingAt, type Expandable } from './expand-definition.ts';
import { overridesModule } from './functions-in-force.ts';

/** Outputs of which nothing is known but that they must repeat, bit for bit. */
export function repeatableOutputs({ definition, functions }: Expandable): readonly string[] {
  if (functions.verify !== undefined) return [];
  return Object.entries(definition.bindings)
    .filter(
      ([name, { expect }]) => expect !== null && mustRepeat(expect) && !isReplaced(definition, name, expect),
    )
    .map(([name]) => name);
}

/**
 * Compares every output with all that is expected of it. A module's own function takes the place of what conventions and
 * the shader expect, and not of what is said outside of the module.
 */
export function verifyOutputs(expandable: Expandable, axes: AxisPoint, context: VerifyContext): Verification {
  const { definition, kernel, functions } = expandable;
  const parts = kernel.bindings.flatMap((binding) =>
    expectationsOf(expandable, binding.name).map((expected) => {
      const layout = bindingAt(expandable, binding, axes);
      return verifyOutput({ layout, axes, context, definition }, expected);
    }),
  );
  if (functions.verify === undefined) return allOf(...parts);
  const own = functions.verify(axes, context.inputs, context.outputs);
  return parts.length === 0 ? own : allOf(own, ...parts);
}

/** Another kernel is compared with beside what else is said: two kernels may be wrong alike. */
function expectationsOf(
  { definition, functions }: Expandable,
  name: string,
): readonly (Expected | 'reference')[] {
  const expect = ownValue(definition.bindings, name)?.expect ?? null;
  if (expect === null) return [];
  const isSaid =
    functions.verify === undefined ? !isReplaced(definition, name, expect) : overridesModule(expect.from);
  const isReferenced = hasReference(definition, name);
  return [...(isSaid ? [expect.value] : []), ...(isReferenced ? ['reference' as const] : [])];
}

function mustRepeat({ value: { what, tolerance } }: Sourced<Expected>): boolean {
  return what.kind === 'itself' && tolerance === 0;
}

/** What is near enough to a reference need not repeat bit for bit, unless somebody says so. */
function isReplaced(definition: ShaderDefinition, name: string, { from }: Sourced<Expected>): boolean {
  return from.kind === 'convention' && hasReference(definition, name);
}

interface Output {
  readonly layout: BindingLayout;
  readonly axes: AxisPoint;
  readonly context: VerifyContext;
  readonly definition: ShaderDefinition;
}

function verifyOutput(
  { layout, axes, context, definition }: Output,
  expected: Expected | 'reference',
): Verification {
  const { name } = layout;
  const actual = bytesOf(context.outputs[name]);
  const against = (other: Uint8Array, source: string, within: number): Verification => {
    requireSameSize(name, actual, source, other);
    return compareScalars(actual, layout, { kind: 'bytes', bytes: other }, within);
  };
  if (expected === 'reference') {
    const tolerance = definition.reference?.value.tolerance ?? 0;
    return against(bytesOf(context.reference?.[name]), 'the reference', tolerance);
  }
  const { what, tolerance } = expected;
  switch (what.kind) {
    case 'number': {
      const of = numberByIndex(what.value, axes);
      const elements = compareScalars(actual, layout, { kind: 'numbers', of }, tolerance);
      // A number is meant for the array; of what precedes it nobody knows more than that it must repeat.
      if (context.first === null || !hasHeader(layout)) return elements;
      const first = { kind: 'bytes', bytes: bytesOf(context.first[name]) } as const;
      return allOf(elements, compareScalars(actual, headerOf(layout), first, tolerance));
    }
    case 'file':
      return against(bytesOfFile(what.path, name, layout.bytes), what.path, tolerance);
    case 'binding':
      return against(bytesOf(context.outputs[what.name]), `"${what.name}"`, tolerance);
    default:
      // The first time there is nothing to compare with: the values only count as looked at.
      return against(bytesOf((context.first ?? context.outputs)[name]), 'the first output', tolerance);
  }
}

function hasHeader({ headerScalars, elements }: BindingLayout): boolean {
  return headerScalars.length > 0 && elements > 0;
}

function headerOf(layout: BindingLayout): BindingLayout {
  return { ...layout, elements: 0, elementScalars: [] };
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
