// The descriptor bindings of a kernel. Kinds that guestmark cannot fill (samplers) are described like any
// other: whether that is a problem is for the caller to say.
import { type BindingNames, chooseNames } from './binding-names.ts';
import type { BindingInterface, BindingKind } from './kernel-interface.ts';
import type { PartBudget } from './part-budget.ts';
import { NO_CONTENTS, reflectBlock } from './reflect-block.ts';
import { reflectImage } from './reflect-image.ts';
import type { ImageType, ShaderType, StructType } from './shader-type.ts';
import {
  decorationsOf,
  memberDecorationsOf,
  memberNameOf,
  nameOf,
  type SpirvModule,
  type Variable,
} from './spirv-module.ts';
import { DECORATION, IMAGE_DIM, STORAGE_CLASS, STORAGE_IMAGE } from './spirv-numbers.ts';
import { cannotReflect } from './spirv-words.ts';
import type { VariableUse } from './variable-use.ts';

type Described = Omit<BindingInterface, 'name'> & { readonly names: BindingNames };
type Uses = ReadonlyMap<number, VariableUse>;

// Choosing names compares all with all. A kernel with more has arrays of descriptors.
const MAX_BINDINGS = 1024;

const RESOURCE_CLASSES: ReadonlySet<number> = new Set([
  STORAGE_CLASS.UniformConstant,
  STORAGE_CLASS.Uniform,
  STORAGE_CLASS.StorageBuffer,
]);

/**
 * The bindings among `variables`, ordered by set and binding. Variables that share a binding (views of
 * one buffer as different types) become one entry: the first, with the access of all.
 *
 * @param uses What the code does with variables, by their ids; those that are not there are not used.
 * @throws GuestmarkError (usage) when a resource has no binding or a block no layout.
 */
export function reflectBindings(
  module: SpirvModule,
  variables: readonly Variable[],
  uses: Uses,
  budget: PartBudget,
): BindingInterface[] {
  const bySlot = new Map<string, Described>();
  for (const variable of variables) {
    if (!RESOURCE_CLASSES.has(variable.storageClass)) continue;
    const described = describeBinding(module, variable, uses.get(variable.id), budget);
    const slot = `${described.set}.${described.binding}`;
    const known = bySlot.get(slot);
    bySlot.set(slot, known === undefined ? described : joined(known, described));
    if (bySlot.size > MAX_BINDINGS) throw cannotReflect(`it has more than ${MAX_BINDINGS} bindings`);
  }
  const ordered = [...bySlot.values()].sort((a, b) => a.set - b.set || a.binding - b.binding);
  const chosen = chooseNames(ordered.map(({ names }) => names));
  return ordered.map(({ names: _, ...binding }, index) => ({ ...binding, name: chosen[index] as string }));
}

function describeBinding(
  module: SpirvModule,
  variable: Variable,
  use: VariableUse | undefined,
  budget: PartBudget,
): Described {
  const pointer = module.types.get(variable.typeId);
  if (pointer?.kind !== 'pointer' || pointer.target === undefined) {
    throw cannotReflect(`the variable %${variable.id} is not a pointer to a declared type`);
  }
  const decorations = decorationsOf(module, variable.id);
  const set = decorations.get(DECORATION.DescriptorSet) ?? 0;
  const binding = decorations.get(DECORATION.Binding);
  if (binding === undefined) {
    const name = nameOf(module, variable.id) ?? `%${variable.id}`;
    throw cannotReflect(`the resource ${name} has no binding`, 'add layout(binding = N) to it');
  }
  const { type, descriptorCount } = withoutArrays(pointer.target);
  const block = type.kind === 'struct' ? type : undefined;
  const access = accessOf(module, variable, type);
  return {
    set,
    binding,
    names: namesOf(module, variable, block, set, binding),
    blockName: block === undefined ? null : nameOf(module, block.id),
    kind: kindOf(module, variable.storageClass, type),
    access,
    use: useOf(use, access),
    descriptorCount,
    ...(block === undefined ? NO_CONTENTS : reflectBlock(module, block, budget)),
    image: reflectImage(type),
  };
}

function withoutArrays(declared: ShaderType): { type: ShaderType; descriptorCount: number | null } {
  let type = declared;
  let descriptorCount: number | null = 1;
  while (type.kind === 'array') {
    descriptorCount = type.length === null || descriptorCount === null ? null : descriptorCount * type.length;
    type = type.element;
  }
  if (descriptorCount !== null && !Number.isSafeInteger(descriptorCount)) {
    throw cannotReflect('an array has more than 2^53 descriptors');
  }
  return { type, descriptorCount };
}

function useOf(use: VariableUse | undefined, access: BindingInterface['access']): BindingInterface['use'] {
  const reads = use?.reads === true || (use?.escapes === true && access !== 'write');
  const writes = use?.writes === true || (use?.escapes === true && access !== 'read');
  return reads ? (writes ? 'read-write' : 'read') : writes ? 'write' : 'none';
}

function kindOf(module: SpirvModule, storageClass: number, type: ShaderType): BindingKind {
  switch (type.kind) {
    case 'struct':
      return isStorage(module, storageClass, type) ? 'storage' : 'uniform';
    case 'image':
      return imageKind(type);
    case 'sampled-image':
      return combinedKind(type.image);
    case 'sampler':
    case 'acceleration-structure':
      return type.kind;
    default:
      return 'unknown';
  }
}

/** SPIR-V before 1.3 has no storage class for storage buffers: it is `Uniform` with `BufferBlock`. */
function isStorage(module: SpirvModule, storageClass: number, block: StructType): boolean {
  return (
    storageClass === STORAGE_CLASS.StorageBuffer ||
    decorationsOf(module, block.id).has(DECORATION.BufferBlock)
  );
}

function imageKind({ dim, sampled }: ImageType): BindingKind {
  if (dim === IMAGE_DIM.SubpassData) return 'input-attachment';
  if (dim === IMAGE_DIM.Buffer)
    return sampled === STORAGE_IMAGE ? 'storage-texel-buffer' : 'uniform-texel-buffer';
  return sampled === STORAGE_IMAGE ? 'storage-image' : 'sampled-image';
}

/** GLSL's samplerBuffer is a sampled image in SPIR-V and a texel buffer, without a sampler, in Vulkan. */
function combinedKind(image: ShaderType | undefined): BindingKind {
  const isBuffer = image?.kind === 'image' && image.dim === IMAGE_DIM.Buffer;
  return isBuffer ? 'uniform-texel-buffer' : 'combined-image-sampler';
}

function accessOf(module: SpirvModule, variable: Variable, type: ShaderType): BindingInterface['access'] {
  const kind = kindOf(module, variable.storageClass, type);
  if (!kind.startsWith('storage')) return 'read';
  const readable = !isDecorated(module, variable, type, DECORATION.NonReadable);
  const writable = !isDecorated(module, variable, type, DECORATION.NonWritable);
  return !writable ? 'read' : readable ? 'read-write' : 'write';
}

/** Whether the variable or every member of its block has a decoration: compilers use either. */
function isDecorated(module: SpirvModule, variable: Variable, type: ShaderType, decoration: number): boolean {
  if (decorationsOf(module, variable.id).has(decoration)) return true;
  if (type.kind !== 'struct' || type.members.length === 0) return false;
  return type.members.every((_, index) => memberDecorationsOf(module, type.id, index).has(decoration));
}

function namesOf(
  module: SpirvModule,
  variable: Variable,
  block: StructType | undefined,
  set: number,
  binding: number,
): BindingNames {
  const last = block === undefined ? 0 : block.members.length - 1;
  const lastName = block === undefined ? null : memberNameOf(module, block.id, last);
  const isArray = block?.members[last]?.kind === 'array';
  const candidates = [
    isArray ? lastName : null,
    nameOf(module, variable.id),
    !isArray && last === 0 ? lastName : null,
    block === undefined ? null : nameOf(module, block.id),
  ];
  return [
    ...candidates.filter((name) => name !== null && !/^(set\d+)?binding\d+$/.test(name)),
    set === 0 ? `binding${binding}` : null,
    // Last and, since no declared name has its form, never taken.
    `set${set}binding${binding}`,
  ].filter((name) => name !== null);
}

function joined(a: Described, b: Described): Described {
  const access = a.access === b.access ? a.access : 'read-write';
  const use = a.use === b.use || b.use === 'none' ? a.use : a.use === 'none' ? b.use : 'read-write';
  return { ...a, access, use };
}
