// What a case needs of a device beside the device's limits: workgroups, local size, bytes of each binding, texels of each
// image, memory. Evaluated again and again while an axis to lower is looked for, so it asks for nothing else. Pure.

import type { BindingInterface } from '../shader/kernel-interface.ts';
import type { AxisPoint } from '../suite/benchmark.ts';
import { SHARE_OF_HEAP } from '../suite/case-memory.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import type { BindingLayout } from './binding-layout.ts';
import { localSizeAt, type Triple } from './dispatch-size.ts';
import { bindingAt, type Expandable, groupsAt } from './expand-definition.ts';
import { type Need, needOf } from './need.ts';

type Limits = DeviceInfo['limits'];

/**
 * Everything that a limit of the device could forbid at this point of the axes.
 *
 * @throws GuestmarkError (usage) where an expression has no value there, and whatever a function of a module throws.
 */
export function caseNeeds(expandable: Expandable, device: DeviceInfo, axes: AxisPoint): readonly Need[] {
  const { kernel } = expandable;
  const sized = kernel.bindings.map((binding) => ({ binding, layout: bindingAt(expandable, binding, axes) }));
  return [
    ...dispatchNeeds(expandable, device, axes),
    ...sized.flatMap(({ binding, layout }) => bindingNeeds(binding, layout, device.limits)),
    memoryNeed(
      sized.reduce((sum, { layout }) => sum + layout.bytes, 0),
      device,
    ),
  ];
}

/** Those of them that are about workgroups: all that a reference needs, which shares the bindings. */
export function dispatchNeeds(
  expandable: Expandable,
  { limits }: DeviceInfo,
  axes: AxisPoint,
): readonly Need[] {
  return [
    ...groupNeeds(groupsAt(expandable, axes), limits),
    ...localSizeNeeds(localSizeAt(expandable.kernel, axes), limits),
  ];
}

function groupNeeds(groups: Triple, { maxComputeWorkGroupCount }: Limits): readonly Need[] {
  return groups.flatMap((needed, index) =>
    needOf(
      {
        what: `maxComputeWorkGroupCount[${index}]`,
        needed,
        unit: 'count',
        binding: null,
        phrase: (amount) => `${amount} workgroups along ${'xyz'[index]}`,
        hint: 'raise the workgroup size, or spread the workgroups over x, y and z',
      },
      maxComputeWorkGroupCount[index],
    ),
  );
}

function localSizeNeeds(localSize: Triple, limits: Limits): readonly Need[] {
  const hint = 'declare a smaller local size';
  const along = localSize.flatMap((needed, index) =>
    needOf(
      {
        what: `maxComputeWorkGroupSize[${index}]`,
        needed,
        unit: 'count',
        binding: null,
        phrase: (amount) => `a local size of ${amount} along ${'xyz'[index]}`,
        hint,
      },
      limits.maxComputeWorkGroupSize[index],
    ),
  );
  const invocations: Omit<Need, 'limit'> = {
    what: 'maxComputeWorkGroupInvocations',
    needed: localSize[0] * localSize[1] * localSize[2],
    unit: 'count',
    binding: null,
    phrase: (amount) => `${amount} invocations in a workgroup`,
    hint,
  };
  return [...along, ...needOf(invocations, limits.maxComputeWorkGroupInvocations)];
}

function bindingNeeds(
  { name, kind, image }: BindingInterface,
  layout: BindingLayout,
  limits: Limits,
): readonly Need[] {
  if (image !== null) return imageNeeds(name, image.dimensions, layout, limits);
  const what = kind === 'uniform' ? 'maxUniformBufferRange' : 'maxStorageBufferRange';
  const need: Omit<Need, 'limit'> = {
    what,
    needed: layout.bytes,
    unit: 'bytes',
    binding: name,
    phrase: (amount) => `"${name}" takes ${amount}`,
    hint: kind === 'uniform' ? 'make it a storage buffer' : 'split it into several buffers',
  };
  return kind === 'storage' || kind === 'uniform' ? needOf(need, limits[what]) : [];
}

const IMAGE_LIMITS = {
  '1d': 'maxImageDimension1D',
  '2d': 'maxImageDimension2D',
  '3d': 'maxImageDimension3D',
} as const;

function imageNeeds(
  name: string,
  dimensions: string,
  { extent }: BindingLayout,
  limits: Limits,
): readonly Need[] {
  const what = IMAGE_LIMITS[dimensions as keyof typeof IMAGE_LIMITS];
  if (what === undefined || extent === null) return [];
  const need: Omit<Need, 'limit'> = {
    what,
    needed: Math.max(...extent),
    unit: 'count',
    binding: name,
    phrase: (amount) => `image "${name}" has ${amount} texels along one axis`,
    hint: 'use a smaller image',
  };
  return needOf(need, limits[what]);
}

function memoryNeed(needed: number, { memoryHeaps }: DeviceInfo): Need {
  const local = memoryHeaps.filter(({ deviceLocal }) => deviceLocal);
  const largestBytes = Math.max(0, ...(local.length > 0 ? local : memoryHeaps).map(({ bytes }) => bytes));
  return {
    what: '3/4 of the largest memory heap',
    needed,
    limit: SHARE_OF_HEAP * largestBytes,
    unit: 'bytes',
    binding: null,
    phrase: (amount) => `its bindings take ${amount}`,
    hint: 'choose a device with more memory',
  };
}
