// The contents of a buffer's block: a header of scalars and, where it ends with an array, the array's elements.
import type { BindingInterface } from './kernel-interface.ts';
import { type PartBudget, spendParts } from './part-budget.ts';
import { noLayout, placedMembers, scalarPlaces } from './scalar-places.ts';
import type { ArrayType, StructType } from './shader-type.ts';
import type { SpirvModule } from './spirv-module.ts';
import { memberBytes } from './spirv-types.ts';
import { cannotReflect } from './spirv-words.ts';

/** The fields of a binding that are about a block. */
export type Contents = Pick<
  BindingInterface,
  | 'headerBytes'
  | 'element'
  | 'elementBytes'
  | 'elementCount'
  | 'elementCountConstant'
  | 'headerScalars'
  | 'elementScalars'
>;

/** Of a binding that is no buffer, or an empty block. */
export const NO_CONTENTS: Contents = {
  headerBytes: 0,
  element: null,
  elementBytes: null,
  elementCount: null,
  headerScalars: [],
  elementScalars: [],
};

/**
 * What a block holds.
 *
 * @throws GuestmarkError (usage) when a part of it has no fixed place or size, or it has too many scalars.
 */
export function reflectBlock(module: SpirvModule, block: StructType, budget: PartBudget): Contents {
  spendParts(budget, block.members.length);
  const owner = `the block ${block.name}`;
  const members = placedMembers(module, block, owner);
  const last = members.at(-1);
  if (last === undefined) return NO_CONTENTS;
  const header = members.slice(0, -1);
  const headerEnds = header.map(({ type, offset, decorations }) => {
    const bytes = memberBytes(type, decorations);
    if (bytes === null) throw noLayout(owner);
    return offset + bytes;
  });
  const isArrayAtEnd = last.type.kind === 'array' && headerEnds.every((end) => end <= last.offset);
  if (!isArrayAtEnd) {
    if (block.bytes === null) throw noLayout(owner);
    const whole = { name: owner, endBytes: block.bytes };
    const headerScalars = scalarPlaces(module, members, whole, budget);
    return { ...NO_CONTENTS, headerBytes: block.bytes, headerScalars };
  }
  const array = last.type as ArrayType;
  const stride = checkedStride(array, last.name, owner);
  const element = { type: array.element, name: '', offset: 0, decorations: last.decorations };
  return {
    headerBytes: last.offset,
    element: array.element.name,
    elementBytes: stride,
    elementCount: array.length,
    ...(array.lengthConstant === null ? {} : { elementCountConstant: array.lengthConstant }),
    headerScalars: scalarPlaces(module, header, { name: owner, endBytes: last.offset }, budget),
    elementScalars: scalarPlaces(
      module,
      [element],
      { name: `an element of ${last.name}`, endBytes: stride },
      budget,
    ),
  };
}

/** The distance of two elements, of an array that can be filled. */
function checkedStride(
  { isRuntime, length, stride, element }: ArrayType,
  name: string,
  owner: string,
): number {
  if (stride === null) throw noLayout(owner);
  if (stride === 0) throw cannotReflect(`the elements of ${name} lie on each other`);
  if (element.extent.scalars === 0) throw cannotReflect(`the elements of ${name} have no data`);
  if (isRuntime || length !== null) return stride;
  throw cannotReflect(
    `the length of ${name} is computed in a way that is not followed`,
    'give it a length or a plain specialization constant, or make it a runtime array',
  );
}
