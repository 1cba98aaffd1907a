// The kernel of fixtures/shaders/scale-add.comp and a command buffer that runs it between two
// timestamps, written against the binding contract alone.
import { readFileSync } from 'node:fs';
import * as vk from '../../src/vulkan/registry/constants.ts';
import { handleArray, outHandle, struct, structArray } from '../../src/vulkan/struct.ts';
import { type RawBuffer, type RawDevice, succeed } from './raw-vulkan.ts';

const STAGE = vk.VK_SHADER_STAGE_COMPUTE_BIT;
const shader = readFileSync(new URL('../fixtures/shaders/scale-add.spv', import.meta.url));

/** A pipeline and what was created for it. */
export interface RawKernel {
  readonly pipeline: bigint;
  readonly layout: bigint;
  readonly setLayout: bigint;
}

/** Creates the pipeline with SCALE set to `scale`, from a pipeline cache or without (0n). */
export function rawKernel(raw: RawDevice, scale: number, cache = 0n): RawKernel {
  const { on, device, scope } = raw;
  const out = outHandle();
  const bindings = [0, 1].map((binding) => ({
    binding,
    descriptorType: vk.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
    descriptorCount: 1,
    stageFlags: STAGE,
  }));
  const setInfo = struct('VkDescriptorSetLayoutCreateInfo', {
    bindingCount: bindings.length,
    pBindings: structArray('VkDescriptorSetLayoutBinding', bindings),
  });
  succeed(on.vkCreateDescriptorSetLayout(device, setInfo.memory, null, out.memory));
  const setLayout = out.value;
  scope.defer(() => on.vkDestroyDescriptorSetLayout(device, setLayout, null));
  const layoutInfo = struct('VkPipelineLayoutCreateInfo', {
    setLayoutCount: 1,
    pSetLayouts: [setLayout],
    pushConstantRangeCount: 1,
    pPushConstantRanges: struct('VkPushConstantRange', { stageFlags: STAGE, size: 8 }),
  });
  succeed(on.vkCreatePipelineLayout(device, layoutInfo.memory, null, out.memory));
  const layout = out.value;
  scope.defer(() => on.vkDestroyPipelineLayout(device, layout, null));
  return { pipeline: createPipeline(raw, layout, scale, cache), layout, setLayout };
}

function createPipeline(
  { on, device, scope }: RawDevice,
  layout: bigint,
  scale: number,
  cache: bigint,
): bigint {
  const out = outHandle();
  const code = struct('VkShaderModuleCreateInfo', { codeSize: shader.length, pCode: new Uint8Array(shader) });
  succeed(on.vkCreateShaderModule(device, code.memory, null, out.memory));
  const module = out.value;
  const specialization = struct('VkSpecializationInfo', {
    mapEntryCount: 1,
    pMapEntries: struct('VkSpecializationMapEntry', { constantID: 0, size: 4 }),
    dataSize: 4,
    pData: new Uint32Array([scale]),
  });
  const info = struct('VkComputePipelineCreateInfo', {
    stage: { stage: STAGE, module, pName: 'main', pSpecializationInfo: specialization },
    layout,
    basePipelineIndex: -1,
  });
  succeed(on.vkCreateComputePipelines(device, cache, 1, info.memory, null, out.memory));
  const pipeline = out.value;
  scope.defer(() => on.vkDestroyPipeline(device, pipeline, null));
  on.vkDestroyShaderModule(device, module, null);
  return pipeline;
}

/** A descriptor set with the two buffers. */
export function rawDescriptorSet(
  { on, device, scope }: RawDevice,
  setLayout: bigint,
  buffers: readonly RawBuffer[],
): bigint {
  const out = outHandle();
  const type = vk.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
  const poolInfo = struct('VkDescriptorPoolCreateInfo', {
    flags: vk.VK_DESCRIPTOR_POOL_CREATE_FREE_DESCRIPTOR_SET_BIT,
    maxSets: 2,
    poolSizeCount: 1,
    pPoolSizes: struct('VkDescriptorPoolSize', { type, descriptorCount: 4 }),
  });
  succeed(on.vkCreateDescriptorPool(device, poolInfo.memory, null, out.memory));
  const descriptorPool = out.value;
  scope.defer(() => on.vkDestroyDescriptorPool(device, descriptorPool, null));
  // Two at once and one freed: arrays of handles go in and come out.
  const setInfo = struct('VkDescriptorSetAllocateInfo', {
    descriptorPool,
    descriptorSetCount: 2,
    pSetLayouts: [setLayout, setLayout],
  });
  const sets = new BigUint64Array(2);
  succeed(on.vkAllocateDescriptorSets(device, setInfo.memory, sets.buffer));
  const [dstSet, spare] = [...sets] as [bigint, bigint];
  succeed(on.vkFreeDescriptorSets(device, descriptorPool, 1, handleArray([spare])));
  const writes = buffers.map(({ buffer }, dstBinding) => ({
    dstSet,
    dstBinding,
    descriptorCount: 1,
    descriptorType: type,
    pBufferInfo: struct('VkDescriptorBufferInfo', { buffer, range: vk.VK_WHOLE_SIZE }),
  }));
  on.vkUpdateDescriptorSets(
    device,
    writes.length,
    structArray('VkWriteDescriptorSet', writes).memory,
    0,
    null,
  );
  return dstSet;
}

/** Allocates a command buffer. */
export function rawCommandBuffer({ on, device, scope }: RawDevice): bigint {
  const out = outHandle();
  const poolInfo = struct('VkCommandPoolCreateInfo', {
    flags: vk.VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT,
  });
  succeed(on.vkCreateCommandPool(device, poolInfo.memory, null, out.memory));
  const commandPool = out.value;
  scope.defer(() => on.vkDestroyCommandPool(device, commandPool, null));
  const info = struct('VkCommandBufferAllocateInfo', { commandPool, commandBufferCount: 1 });
  succeed(on.vkAllocateCommandBuffers(device, info.memory, out.memory));
  return out.value;
}

/** What the dispatch takes. */
export interface RawDispatch {
  readonly count: number;
  readonly addend: number;
  readonly queries: bigint;
  /** Holds a VkDispatchIndirectCommand, where the device is to read the workgroup count. */
  readonly groups?: RawBuffer;
}

/** Records the dispatch between timestamps 0 and 1 of `queries`. */
export function recordDispatch(
  { on }: RawDevice,
  commandBuffer: bigint,
  { pipeline, layout }: RawKernel,
  set: bigint,
  { count, addend, queries, groups }: RawDispatch,
): void {
  succeed(on.vkBeginCommandBuffer(commandBuffer, struct('VkCommandBufferBeginInfo').memory));
  on.vkCmdBindPipeline(commandBuffer, vk.VK_PIPELINE_BIND_POINT_COMPUTE, pipeline);
  on.vkCmdBindDescriptorSets(
    commandBuffer,
    vk.VK_PIPELINE_BIND_POINT_COMPUTE,
    layout,
    0,
    1,
    handleArray([set]),
    0,
    null,
  );
  on.vkCmdPushConstants(commandBuffer, layout, STAGE, 0, 8, new Uint32Array([count, addend]).buffer);
  on.vkCmdResetQueryPool(commandBuffer, queries, 0, 2);
  on.vkCmdWriteTimestamp(commandBuffer, vk.VK_PIPELINE_STAGE_TOP_OF_PIPE_BIT, queries, 0);
  if (groups === undefined) on.vkCmdDispatch(commandBuffer, Math.ceil(count / 64), 1, 1);
  else on.vkCmdDispatchIndirect(commandBuffer, groups.buffer, 0);
  on.vkCmdWriteTimestamp(commandBuffer, vk.VK_PIPELINE_STAGE_BOTTOM_OF_PIPE_BIT, queries, 1);
  const barrier = struct('VkMemoryBarrier', {
    srcAccessMask: vk.VK_ACCESS_SHADER_WRITE_BIT,
    dstAccessMask: vk.VK_ACCESS_HOST_READ_BIT,
  });
  on.vkCmdPipelineBarrier(
    commandBuffer,
    vk.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT,
    vk.VK_PIPELINE_STAGE_HOST_BIT,
    0,
    1,
    barrier.memory,
    0,
    null,
    0,
    null,
  );
  succeed(on.vkEndCommandBuffer(commandBuffer));
}
