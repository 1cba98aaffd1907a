// Whether what one dispatch wrote is what the definition expects: a number, a file, another output, another kernel, or,
// where nobody knows better, the same as before. Reads files, and knows no device.
import type { AxisPoint, Elements, VerifyContext } from '../suite/benchmark.ts';
import { allOf, type Verification } from '../suite/verification.ts';
import { compareScalars, sameAs } from './compare-outputs.ts';
import { bytesOfFile } from './contents.ts';
import { type Expected, isOutput, type ShaderDefinition } from './definition.ts';
import { bindingAt, type Expandable } from './expand-definition.ts';
import { evaluate, namesIn, type Scope } from './expression.ts';

/** Outputs of which nothing is known but that they must repeat, bit for bit. */
export function repeatableOutputs({ definition, functions }: Expandable): readonly string[] {
  if (functions.verify !== undefined) return [];
  return Object.entries(definition.bindings)
    .filter(([, { expect }]) => expect?.value.what.kind === 'itself' && expect.value.tolerance === 0)
    .map(([name]) => name)
    .filter((name) => !hasReference(definition, name));
}

/** Compares every output that has an expectation; a module's own function decides alone. */
export function verifyOutputs(expandable: Expandable, axes: AxisPoint, context: VerifyContext): Verification {
  const { definition, functions } = expandable;
  if (functions.verify !== undefined) return functions.verify(axes, context.inputs, context.outputs);
  const parts = Object.entries(definition.bindings).flatMap(([name, { expect }]) => {
    if (expect === null) return [];
    const output = { name, expected: expect.value, axes };
    const said = verifyOutput(expandable, output, context);
    return hasReference(definition, name) ? [said, verifyReference(expandable, output, context)] : [said];
  });
  return allOf(...parts);
}

interface Output {
  readonly name: string;
  readonly expected: Expected;
  readonly axes: AxisPoint;
}

function verifyOutput(expandable: Expandable, output: Output, context: VerifyContext): Verification {
  const { kernel } = expandable;
  const { name, axes } = output;
  const binding = kernel.bindings.find((one) => one.name === name);
  if (binding === undefined) return allOf();
  const { what, tolerance } = output.expected;
  const layout = bindingAt(expandable, binding, axes);
  const actual = bytesOf(context.outputs[name]);
  if (what.kind === 'number') {
    const expected = numberAt(what.value, axes);
    return compareScalars(actual, layout, (_, __, element) => expected(element), {
      tolerance,
      header: false,
      nanIsEqual: false,
    });
  }
  const against = (bytes: Uint8Array, within: number): Verification =>
    compareScalars(actual, layout, sameAs(bytes), { tolerance: within, header: true, nanIsEqual: true });
  if (what.kind === 'file') return against(bytesOfFile(what.path, name, layout.bytes), tolerance);
  if (what.kind === 'binding') return against(bytesOf(context.outputs[what.name]), tolerance);
  // The first time there is nothing to compare with: the values only count as looked at.
  return against(bytesOf((context.first ?? context.outputs)[name]), tolerance);
}

/** Beside what else is expected: two kernels may be wrong alike. */
function verifyReference(
  { definition, kernel, functions }: Expandable,
  { name, axes }: Output,
  context: VerifyContext,
): Verification {
  const binding = kernel.bindings.find((one) => one.name === name);
  if (binding === undefined || context.reference === null) return allOf();
  const layout = bindingAt({ definition, kernel, functions }, binding, axes);
  const tolerance = definition.reference?.value.tolerance ?? 0;
  const expected = sameAs(bytesOf(context.reference[name]));
  return compareScalars(bytesOf(context.outputs[name]), layout, expected, {
    tolerance,
    header: true,
    nanIsEqual: true,
  });
}

function hasReference({ reference }: ShaderDefinition, name: string): boolean {
  return reference !== null && isOutput(reference.value.definition, name);
}

function numberAt(
  value: Extract<Expected['what'], { kind: 'number' }>['value'],
  axes: Scope,
): (element: number) => number {
  if (!namesIn(value).includes('i') || Object.hasOwn(axes, 'i')) {
    const number = evaluate(value, axes);
    return () => number;
  }
  const scope = { ...axes, i: 0 };
  return (element) => {
    scope.i = element;
    return evaluate(value, scope);
  };
}

function bytesOf(elements: Elements | undefined): Uint8Array {
  if (elements === undefined) return new Uint8Array();
  return new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
}
