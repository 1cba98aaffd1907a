// From SPIR-V to a compute pipeline: the shader's own declarations decide descriptor layout, push
// constant range and specialization, so a caller names values and nothing else.

import { Scope } from '../base/scope.ts';
import type { KernelInterface } from '../shader/kernel-interface.ts';
import { reflectKernel } from '../shader/reflect.ts';
import { checkAlive } from './check-alive.ts';
import type { Kernel, NamedValues } from './compute-device.ts';
import { checkKernel, checkModule } from './kernel-limits.ts';
import type { LogicalDevice } from './logical-device.ts';
import { createPipelineLayout, createSetLayouts } from './pipeline-layout.ts';
import { VK_PIPELINE_BIND_POINT_COMPUTE, VK_SHADER_STAGE_COMPUTE_BIT } from './registry/constants.ts';
import { packConstants } from './specialization.ts';
import { outHandle, type Struct, struct } from './struct.ts';

/** A {@link Kernel} with its Vulkan objects. */
export interface VulkanKernel extends Kernel {
  readonly interface: KernelInterface;
  /** By set number: a set that the shader does not use has a layout without bindings. */
  readonly setLayouts: readonly bigint[];
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
  entryPoint?: string,
): VulkanKernel {
  const reflected = reflectKernel(spirv, entryPoint);
  const { memory: specialization, localSize } = packConstants(reflected, values);
  checkKernel(device.info, reflected, localSize);
  checkModule(device.info, reflected, spirv);
  return Scope.open((scope) => {
    const setLayouts = createSetLayouts(device, reflected.bindings, scope);
    const layout = createPipelineLayout(device, setLayouts, reflected.pushConstantBytes, scope);
    const pipeline = createPipeline(device, cache, { spirv, reflected, layout, specialization }, scope);
    return {
      interface: reflected,
      localSize,
      setLayouts,
      layout,
      bind: (commandBuffer) =>
        device.commands.vkCmdBindPipeline(commandBuffer, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline),
      [Symbol.dispose]: () => scope[Symbol.dispose](),
    };
  });
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
