// The workgroup size of a kernel, which SPIR-V can state in three ways.
import type { ConstantInterface, KernelInterface, LocalSizeInterface } from './kernel-interface.ts';
import type { EntryPoint, SpirvModule } from './spirv-module.ts';
import { BUILT_IN, DECORATION, EXECUTION_MODE } from './spirv-numbers.ts';
import { cannotReflect } from './spirv-words.ts';

/**
 * The size of a workgroup: the constant decorated `WorkgroupSize` (which overrides, by the Vulkan
 * specification), else the execution mode `LocalSizeId` (SPIR-V 1.6), else `LocalSize`.
 *
 * @param constants The specialization constants, whose default is the size's default.
 * @throws GuestmarkError (usage) when there is none, or it is not three positive integers.
 */
export function reflectLocalSize(
  module: SpirvModule,
  entryPoint: EntryPoint,
  constants: readonly ConstantInterface[],
): KernelInterface['localSize'] {
  const ids = workgroupSizeIds(module) ?? modeOperands(module, entryPoint, EXECUTION_MODE.LocalSizeId, true);
  const sizes =
    ids?.map((id) => sizeFromConstant(module, id, constants)) ??
    modeOperands(module, entryPoint, EXECUTION_MODE.LocalSize, false)?.map(fixedSize);
  const [x, y, z] = sizes ?? [];
  if (x === undefined || y === undefined || z === undefined) {
    throw cannotReflect(`the entry point ${entryPoint.name} has no local size of three dimensions`);
  }
  return [x, y, z];
}

function workgroupSizeIds(module: SpirvModule): readonly number[] | undefined {
  for (const [id, constituents] of module.composites) {
    if (module.decorations.get(id)?.get(DECORATION.BuiltIn) === BUILT_IN.WorkgroupSize) return constituents;
  }
  return undefined;
}

function modeOperands(module: SpirvModule, entryPoint: EntryPoint, mode: number, ids: boolean) {
  return module.executionModes.find(
    (candidate) =>
      candidate.functionId === entryPoint.functionId && candidate.mode === mode && candidate.ids === ids,
  )?.operands;
}

function sizeFromConstant(
  module: SpirvModule,
  id: number,
  constants: readonly ConstantInterface[],
): LocalSizeInterface {
  const constant = module.constants.get(id);
  // One that is computed from specialization constants would follow them unseen.
  if (constant === undefined || (constant.isSpecialized && constant.specId === null)) {
    throw cannotReflect('the local size is computed', 'give it plain specialization constants');
  }
  const preferred = constants.find((candidate) => candidate.id === constant.specId)?.default;
  return { ...fixedSize(preferred ?? constant.value), constantId: constant.specId };
}

function fixedSize(value: number | bigint | boolean): LocalSizeInterface {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw cannotReflect(`the local size ${String(value)} is not a positive integer`);
  }
  return { value, constantId: null };
}
