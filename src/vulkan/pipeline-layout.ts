// The layouts that a kernel's own declarations lead to: of its descriptor sets, and of its push constants.
import type { Scope } from '../base/scope.ts';
import type { BindingInterface } from '../shader/kernel-interface.ts';
import { checkAlive } from './check-alive.ts';
import { descriptorType } from './descriptor-kind.ts';
import { setCount } from './kernel-bindings.ts';
import type { LogicalDevice } from './logical-device.ts';
import { VK_SHADER_STAGE_COMPUTE_BIT } from './registry/constants.ts';
import { handleArray, outHandle, struct, structArray } from './struct.ts';

/** One VkDescriptorSetLayout a set number, also for those that no binding is in. */
export function createSetLayouts(
  device: LogicalDevice,
  bindings: readonly BindingInterface[],
  scope: Scope,
): readonly bigint[] {
  return Array.from({ length: setCount(bindings) }, (_, set) =>
    createSetLayout(
      device,
      bindings.filter((binding) => binding.set === set),
      scope,
    ),
  );
}

function createSetLayout(device: LogicalDevice, bindings: readonly BindingInterface[], scope: Scope): bigint {
  const { commands, handle: owner } = device;
  const rows = bindings.map(({ binding, kind }) => ({
    binding,
    descriptorType: descriptorType(kind),
    descriptorCount: 1,
    stageFlags: VK_SHADER_STAGE_COMPUTE_BIT,
  }));
  const info = struct('VkDescriptorSetLayoutCreateInfo', {
    bindingCount: rows.length,
    pBindings: rows.length === 0 ? null : structArray('VkDescriptorSetLayoutBinding', rows),
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

/** The VkPipelineLayout of these sets and this many bytes of push constants. */
export function createPipelineLayout(
  device: LogicalDevice,
  setLayouts: readonly bigint[],
  pushBytes: number,
  scope: Scope,
): bigint {
  const { commands, handle: owner } = device;
  const range = struct('VkPushConstantRange', { stageFlags: VK_SHADER_STAGE_COMPUTE_BIT, size: pushBytes });
  const info = struct('VkPipelineLayoutCreateInfo', {
    setLayoutCount: setLayouts.length,
    pSetLayouts: setLayouts.length === 0 ? null : handleArray(setLayouts),
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
