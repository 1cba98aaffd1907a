// From a definition to the plain benchmark that the suite runs: the same on both sides of the fork, because a definition is
// data. A module may bring functions in place of expressions.
import { ownValue } from '../base/own-value.ts';
import { seededRandom } from '../base/random.ts';
import type { BindingInterface, KernelInterface } from '../shader/kernel-interface.ts';
import { reflectKernel } from '../shader/reflect.ts';
import type { AxisPoint, Benchmark, BufferPlan, ElementType, WorkStep } from '../suite/benchmark.ts';
import { IMAGE_FORMATS } from '../vulkan/image-format.ts';
import type { BindingLayout } from './binding-layout.ts';
import { isSupported, writes } from './conventions.ts';
import type { ShaderDefinition } from './definition.ts';
import {
  bindingAt,
  bytesAt,
  constantsAt,
  type Expandable,
  fillBinding,
  flopsAt,
  groupsAt,
  invocationsAt,
  pushAt,
} from './expand-definition.ts';
import { functionsInForce } from './functions-in-force.ts';
import type { ModuleFunctions } from './module-functions.ts';
import { unsupportedBinding } from './unsupported-bindings.ts';
import { repeatableOutputs, verifyOutputs } from './verify-outputs.ts';

/** Kept behind every output, so that a missing bounds check shows: more than any workgroup reaches beyond the end. */
const GUARD_BYTES = 64 * 1024;

/** The benchmark of a definition. */
export function benchmarkOf(definition: ShaderDefinition, functions: ModuleFunctions = {}): Benchmark {
  const expandable = expandableOf(definition, functions);
  const { kernel } = expandable;
  const values = (from: typeof definition.axes): [string, readonly number[]][] =>
    Object.entries(from).map(([name, { value }]) => [name, value]);
  const reference = definition.reference?.value.definition;
  return {
    name: definition.name.value,
    summary: definition.summary.value,
    kind: definition.kind.value,
    axes: Object.fromEntries(values(definition.axes)),
    suites: {},
    ...obstacleOf(kernel),
    needs: [...new Set(definition.requires.map(({ value }) => value))],
    buffers: Object.fromEntries(
      kernel.bindings
        .filter(({ kind }) => isSupported(kind))
        .map((binding) => [binding.name, bufferPlan(expandable, binding)]),
    ),
    work: (axes) => [dispatchOf(expandable, axes)],
    bytes: (axes) => bytesAt(expandable, axes),
    ...(definition.flops === null && functions.flops === undefined
      ? {}
      : { flops: (axes) => flopsAt(expandable, axes) ?? 0 }),
    items: (axes) => invocationsAt(expandable, axes),
    verifies: 'one iteration',
    repeatable: repeatableOutputs(expandable),
    verify: (axes, context) => verifyOutputs(expandable, axes, context),
    ...(reference === undefined ? {} : { reference: referenceWork(reference) }),
  };
}

/** Other benchmarks run all the same. */
function obstacleOf({ bindings }: KernelInterface): Pick<Benchmark, 'obstacle'> {
  const [first] = bindings.flatMap(unsupportedBinding);
  return first === undefined ? {} : { obstacle: `${first.state}; ${first.hint}` };
}

/** A definition with the kernel that it speaks of. */
export function expandableOf(definition: ShaderDefinition, functions: ModuleFunctions): Expandable {
  const spirv = Uint8Array.from(Buffer.from(definition.spirv, 'base64'));
  return {
    definition,
    functions: functionsInForce(definition, functions),
    kernel: reflectKernel(spirv, definition.entryPoint.value),
  };
}

function dispatchOf(expandable: Expandable, axes: AxisPoint): WorkStep {
  const { definition } = expandable;
  return {
    op: 'dispatch',
    shader: Uint8Array.from(Buffer.from(definition.spirv, 'base64')),
    entryPoint: definition.entryPoint.value,
    constants: constantsAt(expandable, axes),
    push: pushAt(expandable, axes),
    groups: groupsAt(expandable, axes),
  };
}

/** The other kernel at the same point; axes that only it has take their first value. */
function referenceWork(definition: ShaderDefinition): (axes: AxisPoint) => readonly WorkStep[] {
  const expandable = expandableOf(definition, {});
  const own = Object.entries(definition.axes).map(([name, { value }]) => [name, value[0] as number] as const);
  return (axes) => [dispatchOf(expandable, { ...Object.fromEntries(own), ...axes })];
}

function bufferPlan(expandable: Expandable, binding: BindingInterface): BufferPlan {
  const type = elementType(binding);
  const at = (axes: AxisPoint): BindingLayout => bindingAt(expandable, binding, axes);
  const seed = seedOf(expandable.definition, binding.name);
  const { image } = binding;
  return {
    type,
    elements: (axes) => at(axes).bytes / ELEMENT_BYTES[type],
    fill: (into, axes, random) =>
      fillBinding(expandable, binding, into, { axes, random: seed === null ? random : seededRandom(seed) }),
    ...(image === null
      ? {
          usage: binding.kind === 'uniform' ? ('uniform' as const) : ('storage' as const),
          guardBytes: writes(binding) ? GUARD_BYTES : 0,
        }
      : {
          image: {
            format: image.format ?? '',
            dimensions: image.dimensions as '1d' | '2d' | '3d',
            extent: (axes: AxisPoint) => at(axes).extent ?? [1, 1, 1],
          },
        }),
  };
}

function seedOf({ bindings }: ShaderDefinition, name: string): number | null {
  const fill = ownValue(bindings, name)?.fill.value;
  return fill?.kind === 'random' ? fill.seed : null;
}

const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = {
  f64: 8,
  f32: 4,
  u32: 4,
  i32: 4,
  u16: 2,
  i16: 2,
  u8: 1,
  i8: 1,
};

const TYPES: Readonly<Record<string, ElementType>> = {
  float: 'f32',
  int: 'i32',
  uint: 'u32',
  bool: 'u32',
  double: 'f64',
  float16: 'u16',
  int16: 'i16',
  uint16: 'u16',
  int8: 'i8',
  uint8: 'u8',
};

/** The type of all scalars, where there is one and they leave no gaps; else bytes. */
function elementType({ headerBytes, elementBytes, elementScalars, image }: BindingInterface): ElementType {
  if (image !== null) return TYPES[IMAGE_FORMATS[image.format ?? '']?.component ?? ''] ?? 'u8';
  const [first] = elementScalars;
  const type = first === undefined ? undefined : TYPES[first.type];
  if (type === undefined || headerBytes > 0 || elementScalars.some((scalar) => scalar.type !== first?.type))
    return 'u8';
  return elementScalars.length * ELEMENT_BYTES[type] === elementBytes ? type : 'u8';
}
