// From SPIR-V to a compute pipeline: the shader's own declarations decide descriptor layout, push
// constant range and specialization, so a caller names values and nothing else.

import { Scope } from '../base/scope.ts';
import type { KernelInterface } from '../shader/kernel-interface.ts';
import { reflectKernel } from '../shader/reflect.ts';
import { checkAlive } from './check-alive.ts';
import type { Kernel, NamedValues } from './compute-device.ts';
import { checkKernel } from './kernel-limits.ts';
import type { LogicalDevice } from './logical-device.ts';
import {
  VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
  VK_PIPELINE_BIND_POINT_COMPUTE,
  VK_SHADER_STAGE_COMPUTE_BIT,
} from './registry/constants.ts';
import { packConstants } from './specialization.ts';
import { handleArray, outHandle, type Struct, struct, structArray } from './struct.ts';

/** A {@link Kernel} with its Vulkan objects. */
export interface VulkanKernel extends Kernel {
  readonly interface: KernelInterface;
  readonly setLayout: bigint;
  readonly layout: bigint;
  /** Records vkCmdBindPipeline. */
  bind(commandBuffer: bigint): void;
}

/** Creates the pipeline through the device's pipeline cache. */
export function createKernel(
  device: LogicalDevice,
  cache: bigint,
  spirv: Uint8Array,
  values: NamedValues,
): VulkanKernel {
  const reflected = reflectKernel(spirv);
  const { memory: specialization, localSize } = packConstants(reflected, values);
  checkKernel(device.info, reflected, localSize);
  return Scope.open((scope) => {
    const setLayout = createSetLayout(device, reflected, scope);
    const layout = createPipelineLayout(device, setLayout, reflected.pushConstantBytes, scope);
    const pipeline = createPipeline(device, cache, { spirv, reflected, layout, specialization }, scope);
    return {
      interface: reflected,
      localSize,
      setLayout,
      layout,
      bind: (commandBuffer) =>
        device.commands.vkCmdBindPipeline(commandBuffer, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline),
      [Symbol.dispose]: () => scope[Symbol.dispose](),
    };
  });
}

function createSetLayout(device: LogicalDevice, reflected: KernelInterface, scope: Scope): bigint {
  const { commands, handle: owner } = device;
  const bindings = structArray(
    'VkDescriptorSetLayoutBinding',
    reflected.bindings.map(({ binding }) => ({
      binding,
      descriptorType: VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
      descriptorCount: 1,
      stageFlags: VK_SHADER_STAGE_COMPUTE_BIT,
    })),
  );
  const info = struct('VkDescriptorSetLayoutCreateInfo', {
    bindingCount: reflected.bindings.length,
    pBindings: reflected.bindings.length === 0 ? null : bindings,
  });
  const out = outHandle();
  checkAlive(
    device,
    'vkCreateDescriptorSetLayout',
    commands.vkCreateDescriptorSetLayout(owner, info.memory, null, out.memory),
  );
  const setLayout = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroyDescriptorSetLayout(owner, setLayout, null);
  });
  return setLayout;
}

function createPipelineLayout(
  device: LogicalDevice,
  setLayout: bigint,
  pushBytes: number,
  scope: Scope,
): bigint {
  const { commands, handle: owner } = device;
  const range = struct('VkPushConstantRange', { stageFlags: VK_SHADER_STAGE_COMPUTE_BIT, size: pushBytes });
  const info = struct('VkPipelineLayoutCreateInfo', {
    setLayoutCount: 1,
    pSetLayouts: handleArray([setLayout]),
    pushConstantRangeCount: pushBytes === 0 ? 0 : 1,
    pPushConstantRanges: pushBytes === 0 ? null : range,
  });
  const out = outHandle();
  checkAlive(
    device,
    'vkCreatePipelineLayout',
    commands.vkCreatePipelineLayout(owner, info.memory, null, out.memory),
  );
  const layout = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroyPipelineLayout(owner, layout, null);
  });
  return layout;
}

interface PipelineParts {
  readonly spirv: Uint8Array;
  readonly reflected: KernelInterface;
  readonly layout: bigint;
  readonly specialization: Struct<'VkSpecializationInfo'> | null;
}

function createPipeline(device: LogicalDevice, cache: bigint, parts: PipelineParts, scope: Scope): bigint {
  const { commands, handle: owner } = device;
  // Node pools small files in one buffer at an offset; pCode needs memory of its own.
  const code = new Uint8Array(parts.spirv);
  const out = outHandle();
  const moduleInfo = struct('VkShaderModuleCreateInfo', { codeSize: code.byteLength, pCode: code });
  checkAlive(
    device,
    'vkCreateShaderModule',
    commands.vkCreateShaderModule(owner, moduleInfo.memory, null, out.memory),
  );
  const module = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroyShaderModule(owner, module, null);
  });
  const info = struct('VkComputePipelineCreateInfo', {
    stage: {
      stage: VK_SHADER_STAGE_COMPUTE_BIT,
      module,
      pName: parts.reflected.entryPoint,
      pSpecializationInfo: parts.specialization,
    },
    layout: parts.layout,
    basePipelineIndex: -1,
  });
  checkAlive(
    device,
    'vkCreateComputePipelines',
    commands.vkCreateComputePipelines(owner, cache, 1, info.memory, null, out.memory),
  );
  const pipeline = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroyPipeline(owner, pipeline, null);
  });
  return pipeline;
}
