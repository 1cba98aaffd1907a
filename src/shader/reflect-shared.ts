// The shared memory of a kernel, which a device has little of.
import type { SpirvModule, Variable } from './spirv-module.ts';
import { DECORATION, STORAGE_CLASS } from './spirv-numbers.ts';
import { cannotReflect } from './spirv-words.ts';

/**
 * Bytes of the variables of storage class Workgroup, by scalar layout; what a driver takes may be more. Blocks
 * with an explicit layout (SPV_KHR_workgroup_memory_explicit_layout) lie on each other: the largest counts.
 *
 * @param variables Those that the entry point's code refers to.
 * @returns `null` where specialization can change a size.
 */
export function sharedBytes(module: SpirvModule, variables: readonly Variable[]): number | null {
  let [sum, largestBlock] = [0, 0];
  for (const { id, typeId, storageClass } of variables) {
    if (storageClass !== STORAGE_CLASS.Workgroup) continue;
    const pointer = module.types.get(typeId);
    const type = pointer?.kind === 'pointer' ? pointer.target : undefined;
    if (type === undefined) throw cannotReflect(`the variable %${id} is not a pointer to a declared type`);
    const isBlock = type.kind === 'struct' && module.decorations.get(type.id)?.has(DECORATION.Block) === true;
    const bytes = isBlock ? type.bytes : type.extent.scalarLayoutBytes;
    if (bytes === null) return null;
    if (isBlock) largestBlock = Math.max(largestBlock, bytes);
    else sum += bytes;
  }
  const bytes = sum + largestBlock;
  if (!Number.isSafeInteger(bytes)) throw cannotReflect('it has more than 2^53 bytes of shared memory');
  return bytes;
}
