// The kinds of descriptors that kernels may use here, and the number and the limit of each in Vulkan. Data.
import type { BindingKind } from '../shader/kernel-interface.ts';
import type { DeviceLimits } from './device-info.ts';
import {
  VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
  VK_DESCRIPTOR_TYPE_STORAGE_IMAGE,
  VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER,
} from './registry/constants.ts';

/** A kind that is supported. */
export type SupportedKind = 'storage' | 'uniform' | 'storage-image';

/** One row of {@link DESCRIPTOR_KINDS}. */
export interface DescriptorKind {
  /** VkDescriptorType. */
  readonly type: number;
  /** How many a compute stage may use. */
  readonly limit: keyof DeviceLimits;
}

/** All supported kinds. */
export const DESCRIPTOR_KINDS: Readonly<Record<SupportedKind, DescriptorKind>> = {
  storage: { type: VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, limit: 'maxPerStageDescriptorStorageBuffers' },
  uniform: { type: VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, limit: 'maxPerStageDescriptorUniformBuffers' },
  'storage-image': { type: VK_DESCRIPTOR_TYPE_STORAGE_IMAGE, limit: 'maxPerStageDescriptorStorageImages' },
};

/** Whether a kind is supported. */
export function isSupported(kind: BindingKind): kind is SupportedKind {
  return Object.hasOwn(DESCRIPTOR_KINDS, kind);
}

/** VkDescriptorType of a kind that {@link isSupported}. */
export function descriptorType(kind: BindingKind): number {
  return DESCRIPTOR_KINDS[kind as SupportedKind].type;
}
