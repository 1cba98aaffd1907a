// Records the steps of a submission, as often as they are repeated. What every iteration needs is prepared
// once, and state is bound only where it changes: the device reads the commands while it is timed.
import { GuestmarkError } from '../base/errors.ts';
import { barrierBetweenSteps } from './barrier.ts';
import type { DeviceStep, DispatchStep, SubmissionRequest } from './compute-device.ts';
import type { DescriptorSets } from './descriptor-sets.ts';
import type { VulkanBuffer } from './device-buffer.ts';
import { type DispatchCommands, dispatchCommands } from './dispatch-commands.ts';
import type { LogicalDevice } from './logical-device.ts';
import { structArray } from './struct.ts';

/** What is bound in the command buffer: the dispatch whose pipeline, set and push constants are in force. */
interface Bound {
  dispatch: DispatchCommands | null;
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

function prepareDispatch(device: LogicalDevice, step: DispatchStep, sets: ArrayBuffer | null): RecordStep {
  const dispatch = dispatchCommands(device, step, sets);
  return (commandBuffer, bound) => {
    bind(commandBuffer, dispatch, bound);
    dispatch.dispatch(commandBuffer);
  };
}

/** Binds what the dispatch needs: all of it, unless it was the last dispatch too. */
function bind(commandBuffer: bigint, dispatch: DispatchCommands, bound: Bound): void {
  if (bound.dispatch === dispatch) return;
  if (bound.dispatch?.kernel !== dispatch.kernel) dispatch.bindPipeline(commandBuffer);
  dispatch.bindSets(commandBuffer);
  dispatch.pushConstants(commandBuffer);
  bound.dispatch = dispatch;
}
