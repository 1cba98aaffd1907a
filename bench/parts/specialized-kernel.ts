// The kernel of a specialization constant in raw Vulkan (shaders/host/specialized.comp): all that its pipeline needs, so that
// the pipeline alone can be made again and again, and what it must compute.
import { compareElements, type HostContext, type Verification } from 'guestmark';
import {
  check,
  createDeviceBuffer,
  handleArray,
  type LogicalDevice,
  outHandle,
  struct,
  structArray,
  vk,
} from 'guestmark/vulkan';

type Owner = Pick<HostContext['scope'], 'defer' | 'use'>;

/** Steps of the loop body, by the variant of the kernel. */
const STEPS = { void: 0, small: 16, large: 128 } as const;
export type Variant = keyof typeof STEPS;

/** Of a workgroup, as the shader declares it. */
export const WORKGROUP = 64;

/** What to make of the kernel. */
export interface SpecializedRequest {
  readonly spirv: Uint8Array;
  readonly variant: Variant;
  readonly invocations: number;
  readonly loops: number;
}

/** The kernel with its results, without a pipeline. */
export interface SpecializedKernel {
  /** VkComputePipelineCreateInfo; its specialization constant is what `setKey` said last. */
  readonly info: ArrayBuffer;
  setKey(key: number): void;
  /** Records the dispatch of a pipeline, and a barrier behind it for the next one and for the CPU. */
  record(commandBuffer: bigint, pipeline: bigint): void;
  clear(): void;
  /** Compares 64 results, evenly spread, with those of so many dispatches since `clear`, with the key of now. */
  verify(dispatches: number): Verification;
}

/** Creates module, layouts, descriptor set and results; freed with the scope. */
export function specializedKernel(
  device: LogicalDevice,
  scope: Owner,
  request: SpecializedRequest,
): SpecializedKernel {
  const { commands } = device;
  const bytes = 4 * request.invocations;
  const results = scope.use(createDeviceBuffer(device, { name: 'result', bytes, memory: 'download' }));
  const setLayout = createSetLayout(device, scope);
  const layout = createLayout(device, scope, setLayout);
  const sets = handleArray([createSet(device, scope, setLayout, { buffer: results.handle, bytes })]);
  const key = new Uint32Array(new ArrayBuffer(4));
  const info = pipelineInfo({ module: createModule(device, scope, request.spirv), layout, key });
  const push = new Uint32Array([request.loops]).buffer;
  const barrier = struct('VkMemoryBarrier', {
    srcAccessMask: vk.VK_ACCESS_SHADER_WRITE_BIT,
    dstAccessMask: vk.VK_ACCESS_SHADER_READ_BIT | vk.VK_ACCESS_SHADER_WRITE_BIT | vk.VK_ACCESS_HOST_READ_BIT,
  }).memory;
  const [compute, computeOrHost] = [
    vk.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT,
    vk.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT | vk.VK_PIPELINE_STAGE_HOST_BIT,
  ];
  const groups = request.invocations / WORKGROUP;
  const { vkCmdBindPipeline, vkCmdBindDescriptorSets, vkCmdPushConstants } = commands;
  const { vkCmdDispatch, vkCmdPipelineBarrier } = commands;
  const point = vk.VK_PIPELINE_BIND_POINT_COMPUTE;
  const found = new Uint32Array(request.invocations);
  const zeroes = new Uint8Array(bytes);
  return {
    info,
    setKey: (value) => {
      key[0] = value;
    },
    record: (commandBuffer, pipeline) => {
      vkCmdBindPipeline(commandBuffer, point, pipeline);
      vkCmdBindDescriptorSets(commandBuffer, point, layout, 0, 1, sets, 0, null);
      vkCmdPushConstants(commandBuffer, layout, vk.VK_SHADER_STAGE_COMPUTE_BIT, 0, 4, push);
      vkCmdDispatch(commandBuffer, groups, 1, 1);
      vkCmdPipelineBarrier(commandBuffer, compute, computeOrHost, 0, 1, barrier, 0, null, 0, null);
    },
    clear: () => results.write(zeroes),
    verify: (dispatches) => {
      results.read(new Uint8Array(found.buffer));
      const steps = request.loops * STEPS[request.variant];
      const stride = request.invocations / WORKGROUP;
      const compared = Uint32Array.from({ length: WORKGROUP }, (_, at) => found[at * stride] as number);
      return compareElements('result', compared, (at) =>
        expectedResult({ key: key[0] as number, steps, invocation: at * stride, dispatches }),
      );
    },
  };
}

/** What the kernel must have left: computed on the CPU, step by step. */
export function expectedResult({
  key,
  steps,
  invocation,
  dispatches,
}: {
  readonly key: number;
  readonly steps: number;
  readonly invocation: number;
  readonly dispatches: number;
}): number {
  let x = (Math.imul(invocation, 2654435761) + key) >>> 0;
  for (let step = 0; step < steps; step++) x = (Math.imul(x ^ (x >>> 15), 1664525) + key) >>> 0;
  return Math.imul(x, dispatches) >>> 0;
}

function createModule(device: LogicalDevice, scope: Owner, spirv: Uint8Array): bigint {
  const { commands, handle } = device;
  const out = outHandle();
  const code = new Uint8Array(spirv);
  const info = struct('VkShaderModuleCreateInfo', { codeSize: code.byteLength, pCode: code });
  check('vkCreateShaderModule', commands.vkCreateShaderModule(handle, info.memory, null, out.memory));
  const module = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroyShaderModule(handle, module, null);
  });
  return module;
}

function createSetLayout(device: LogicalDevice, scope: Owner): bigint {
  const { commands, handle } = device;
  const out = outHandle();
  const binding = {
    descriptorType: vk.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
    descriptorCount: 1,
    stageFlags: vk.VK_SHADER_STAGE_COMPUTE_BIT,
  };
  const info = struct('VkDescriptorSetLayoutCreateInfo', {
    bindingCount: 1,
    pBindings: structArray('VkDescriptorSetLayoutBinding', [binding]),
  });
  const code = commands.vkCreateDescriptorSetLayout(handle, info.memory, null, out.memory);
  check('vkCreateDescriptorSetLayout', code);
  const setLayout = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroyDescriptorSetLayout(handle, setLayout, null);
  });
  return setLayout;
}

function createLayout(device: LogicalDevice, scope: Owner, setLayout: bigint): bigint {
  const { commands, handle } = device;
  const out = outHandle();
  const info = struct('VkPipelineLayoutCreateInfo', {
    setLayoutCount: 1,
    pSetLayouts: handleArray([setLayout]),
    pushConstantRangeCount: 1,
    pPushConstantRanges: struct('VkPushConstantRange', {
      stageFlags: vk.VK_SHADER_STAGE_COMPUTE_BIT,
      size: 4,
    }),
  });
  check('vkCreatePipelineLayout', commands.vkCreatePipelineLayout(handle, info.memory, null, out.memory));
  const layout = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroyPipelineLayout(handle, layout, null);
  });
  return layout;
}

function createSet(
  device: LogicalDevice,
  scope: Owner,
  setLayout: bigint,
  { buffer, bytes }: { readonly buffer: bigint; readonly bytes: number },
): bigint {
  const { commands, handle } = device;
  const out = outHandle();
  const descriptorType = vk.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
  const poolInfo = struct('VkDescriptorPoolCreateInfo', {
    maxSets: 1,
    poolSizeCount: 1,
    pPoolSizes: struct('VkDescriptorPoolSize', { type: descriptorType, descriptorCount: 1 }),
  });
  const code = commands.vkCreateDescriptorPool(handle, poolInfo.memory, null, out.memory);
  check('vkCreateDescriptorPool', code);
  const descriptorPool = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroyDescriptorPool(handle, descriptorPool, null);
  });
  const info = struct('VkDescriptorSetAllocateInfo', {
    descriptorPool,
    descriptorSetCount: 1,
    pSetLayouts: handleArray([setLayout]),
  });
  check('vkAllocateDescriptorSets', commands.vkAllocateDescriptorSets(handle, info.memory, out.memory));
  const pBufferInfo = struct('VkDescriptorBufferInfo', { buffer, offset: 0, range: bytes });
  const write = { dstSet: out.value, descriptorCount: 1, descriptorType, pBufferInfo };
  commands.vkUpdateDescriptorSets(handle, 1, structArray('VkWriteDescriptorSet', [write]).memory, 0, null);
  return out.value;
}

function pipelineInfo({
  module,
  layout,
  key,
}: {
  readonly module: bigint;
  readonly layout: bigint;
  readonly key: Uint32Array<ArrayBuffer>;
}): ArrayBuffer {
  const pSpecializationInfo = struct('VkSpecializationInfo', {
    mapEntryCount: 1,
    pMapEntries: structArray('VkSpecializationMapEntry', [{ constantID: 0, offset: 0, size: 4 }]),
    dataSize: 4,
    pData: key,
  });
  return struct('VkComputePipelineCreateInfo', {
    stage: { stage: vk.VK_SHADER_STAGE_COMPUTE_BIT, module, pName: 'main', pSpecializationInfo },
    layout,
    basePipelineIndex: -1,
  }).memory;
}
