// The push constants of a kernel: names, types and places of the members of its block.
import type { PushConstantInterface } from './kernel-interface.ts';
import type { PartBudget } from './part-budget.ts';
import { scalarPlaces } from './scalar-places.ts';
import type { StructType } from './shader-type.ts';
import { memberDecorationsOf, memberNameOf, type SpirvModule, type Variable } from './spirv-module.ts';
import { DECORATION, STORAGE_CLASS } from './spirv-numbers.ts';
import { memberBytes } from './spirv-types.ts';
import { cannotReflect } from './spirv-words.ts';

/**
 * Members of the push constant block, in order of declaration; none where there is no block.
 *
 * @throws GuestmarkError (usage) when a member has no fixed place or size.
 */
export function reflectPushConstants(
  module: SpirvModule,
  variables: readonly Variable[],
  budget: PartBudget,
): PushConstantInterface[] {
  return variables
    .filter((variable) => variable.storageClass === STORAGE_CLASS.PushConstant)
    .flatMap((variable) => {
      const pointer = module.types.get(variable.typeId);
      const block = pointer?.kind === 'pointer' ? pointer.target : undefined;
      if (block?.kind !== 'struct') throw cannotReflect('the push constants are not a block');
      return block.members.map((_, index) => describeMember(module, block, index, budget));
    });
}

/** Size of the push constant range: a multiple of 4, as vkCmdPushConstants demands. */
export function pushConstantRangeBytes(members: readonly PushConstantInterface[]): number {
  const end = members.reduce((largest, { offset, bytes }) => Math.max(largest, offset + bytes), 0);
  return Math.ceil(end / 4) * 4;
}

function describeMember(
  module: SpirvModule,
  block: StructType,
  index: number,
  budget: PartBudget,
): PushConstantInterface {
  const name = memberNameOf(module, block.id, index) ?? `member${index}`;
  const decorations = memberDecorationsOf(module, block.id, index);
  const offset = decorations.get(DECORATION.Offset);
  const type = block.members[index];
  const bytes = type === undefined ? null : memberBytes(type, decorations);
  if (type === undefined || offset === undefined || bytes === null) {
    throw cannotReflect(`the push constant ${name} has no fixed offset and size`);
  }
  const owner = { name: `the push constant ${name}`, endBytes: offset + bytes };
  const scalars = scalarPlaces(module, [{ type, name, offset, decorations }], owner, budget);
  return { name, type: type.name, offset, bytes, scalars };
}
