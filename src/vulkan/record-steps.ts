// Records the steps of a submission, as often as they are repeated. What every iteration needs is prepared
// once, and state is bound only where it changes: the device reads the commands while it is timed.
import { GuestmarkError } from '../base/errors.ts';
import { barrierBetweenSteps } from './barrier.ts';
import type { DeviceStep, DispatchStep, SubmissionRequest } from './compute-device.ts';
import type { DescriptorSets } from './descriptor-sets.ts';
import type { VulkanBuffer } from './device-buffer.ts';
import type { VulkanKernel } from './kernel.ts';
import { checkGroups, checkIndirectGroups } from './kernel-limits.ts';
import type { LogicalDevice } from './logical-device.ts';
import { VK_PIPELINE_BIND_POINT_COMPUTE, VK_SHADER_STAGE_COMPUTE_BIT } from './registry/constants.ts';
import { packPushConstants } from './specialization.ts';
import { structArray } from './struct.ts';

/** What is bound in the command buffer: the dispatch whose pipeline, set and push constants are in force. */
interface Bound {
  dispatch: PreparedDispatch | null;
}

/** Records a step. */
type RecordStep = (commandBuffer: bigint, bound: Bound) => void;

/**
 * Records steps and iterations, each ordered after the one before by a full barrier.
 *
 * @throws GuestmarkError (usage) for a step that makes no sense, (unsupported) for one that is too large.
 */
export function recordSteps(
  device: LogicalDevice,
  commandBuffer: bigint,
  { steps, iterations }: SubmissionRequest,
  sets: DescriptorSets,
): void {
  const prepared = steps.map((step, index) => prepareStep(device, step, sets.of(index)));
  const bound: Bound = { dispatch: null };
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (const [index, record] of prepared.entries()) {
      if (iteration + index > 0) barrierBetweenSteps(device, commandBuffer);
      record(commandBuffer, bound);
    }
  }
}

function prepareStep(device: LogicalDevice, step: DeviceStep, sets: ArrayBuffer | null): RecordStep {
  const { commands } = device;
  if (step.op === 'dispatch') return prepareDispatch(device, step, sets);
  if (step.op === 'copy') return prepareCopy(device, step);
  const { handle, bytes } = step.buffer as VulkanBuffer;
  return (commandBuffer) => commands.vkCmdFillBuffer(commandBuffer, handle, 0, bytes, step.value);
}

function prepareCopy(device: LogicalDevice, step: DeviceStep & { readonly op: 'copy' }): RecordStep {
  const [from, to] = [step.from as VulkanBuffer, step.to as VulkanBuffer];
  if (step.bytes > from.bytes || step.bytes > to.bytes) {
    throw new GuestmarkError(
      'usage',
      `Cannot copy ${step.bytes} bytes from "${from.name}" (${from.bytes}) to "${to.name}" (${to.bytes})`,
      { hint: `a copy between them holds at most ${Math.min(from.bytes, to.bytes)} bytes` },
    );
  }
  const { memory } = structArray('VkBufferCopy', [{ srcOffset: 0, dstOffset: 0, size: step.bytes }]);
  return (commandBuffer) => device.commands.vkCmdCopyBuffer(commandBuffer, from.handle, to.handle, 1, memory);
}

interface PreparedDispatch {
  readonly kernel: VulkanKernel;
  /** A VkDescriptorSet a set number, or null where the kernel has no bindings. */
  readonly sets: ArrayBuffer | null;
  readonly push: ArrayBuffer;
}

function prepareDispatch(device: LogicalDevice, step: DispatchStep, sets: ArrayBuffer | null): RecordStep {
  const { commands } = device;
  const kernel = step.kernel as VulkanKernel;
  const push = packPushConstants(kernel.interface, step.push);
  const dispatch: PreparedDispatch = { kernel, sets, push };
  const { groups } = step;
  if ('buffer' in groups) {
    const { handle } = groups.buffer as VulkanBuffer;
    checkIndirectGroups(groups);
    return (commandBuffer, bound) => {
      bind(device, commandBuffer, dispatch, bound);
      commands.vkCmdDispatchIndirect(commandBuffer, handle, groups.offset);
    };
  }
  checkGroups(device.info, groups);
  return (commandBuffer, bound) => {
    bind(device, commandBuffer, dispatch, bound);
    commands.vkCmdDispatch(commandBuffer, ...groups);
  };
}

/** Binds what the dispatch needs: all of it, unless it was the last dispatch too. */
function bind(
  { commands }: LogicalDevice,
  commandBuffer: bigint,
  dispatch: PreparedDispatch,
  bound: Bound,
): void {
  if (bound.dispatch === dispatch) return;
  const { kernel, sets, push } = dispatch;
  if (bound.dispatch?.kernel !== kernel) kernel.bind(commandBuffer);
  if (sets !== null) bindSets(commands, commandBuffer, kernel, sets);
  if (push.byteLength > 0) {
    const stage = VK_SHADER_STAGE_COMPUTE_BIT;
    commands.vkCmdPushConstants(commandBuffer, kernel.layout, stage, 0, push.byteLength, push);
  }
  bound.dispatch = dispatch;
}

function bindSets(
  commands: LogicalDevice['commands'],
  commandBuffer: bigint,
  { layout }: VulkanKernel,
  sets: ArrayBuffer,
): void {
  const point = VK_PIPELINE_BIND_POINT_COMPUTE;
  commands.vkCmdBindDescriptorSets(commandBuffer, point, layout, 0, sets.byteLength / 8, sets, 0, null);
}
