// One memory barrier that orders any step of a submission after any other. The suite's steps depend on
// each other as a rule, so finer barriers would gain nothing and could be wrong.
import type { LogicalDevice } from './logical-device.ts';
import {
  VK_ACCESS_HOST_READ_BIT,
  VK_ACCESS_INDIRECT_COMMAND_READ_BIT,
  VK_ACCESS_SHADER_READ_BIT,
  VK_ACCESS_SHADER_WRITE_BIT,
  VK_ACCESS_TRANSFER_READ_BIT,
  VK_ACCESS_TRANSFER_WRITE_BIT,
  VK_ACCESS_UNIFORM_READ_BIT,
  VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT,
  VK_PIPELINE_STAGE_DRAW_INDIRECT_BIT,
  VK_PIPELINE_STAGE_HOST_BIT,
  VK_PIPELINE_STAGE_TRANSFER_BIT,
} from './registry/constants.ts';
import { struct } from './struct.ts';

const WRITES = VK_ACCESS_SHADER_WRITE_BIT | VK_ACCESS_TRANSFER_WRITE_BIT;
const WORK_STAGES = VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT | VK_PIPELINE_STAGE_TRANSFER_BIT;

const BETWEEN_STEPS = struct('VkMemoryBarrier', {
  srcAccessMask: WRITES,
  dstAccessMask:
    VK_ACCESS_UNIFORM_READ_BIT |
    VK_ACCESS_SHADER_READ_BIT |
    VK_ACCESS_SHADER_WRITE_BIT |
    VK_ACCESS_TRANSFER_READ_BIT |
    VK_ACCESS_TRANSFER_WRITE_BIT |
    VK_ACCESS_INDIRECT_COMMAND_READ_BIT,
});

const TO_CPU = struct('VkMemoryBarrier', { srcAccessMask: WRITES, dstAccessMask: VK_ACCESS_HOST_READ_BIT });

/** Makes the writes of the steps so far visible to the next step. */
export function barrierBetweenSteps(device: LogicalDevice, commandBuffer: bigint): void {
  const to = WORK_STAGES | VK_PIPELINE_STAGE_DRAW_INDIRECT_BIT;
  device.commands.vkCmdPipelineBarrier(
    commandBuffer,
    WORK_STAGES,
    to,
    0,
    1,
    BETWEEN_STEPS.memory,
    0,
    null,
    0,
    null,
  );
}

/** Makes the writes of the steps so far visible to CPU reads after the fence. */
export function barrierToCpu(device: LogicalDevice, commandBuffer: bigint): void {
  const to = VK_PIPELINE_STAGE_HOST_BIT;
  device.commands.vkCmdPipelineBarrier(commandBuffer, WORK_STAGES, to, 0, 1, TO_CPU.memory, 0, null, 0, null);
}
