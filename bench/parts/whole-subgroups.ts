// Workgroup sizes at which kernels with subgroup operations are asked for: whole subgroups of every device known, because
// some count a last one that is not full wrongly (lavapipe of Mesa 22.3: gl_NumSubgroups of 100 invocations by 8 is 12).
import { oneOf } from './workgroup.ts';

const SIZES = [64, 128, 256, 512, 1024];

/** Why a workgroup is not made of whole subgroups, or null. */
export function wholeSubgroups(workgroupSize: number): string | null {
  return oneOf('WORKGROUP_SIZE', workgroupSize, SIZES);
}
