// The one contract between guestmark and native Vulkan: raw 64-bit handles and struct memory laid out
// by our own tables, so that nvk and koffi are interchangeable and their handles may be mixed.
// Knows nothing of devices, buffers or benchmarks.
import type { NativeCommand } from './native-command.ts';
import type { DeviceCommands, GlobalCommands, InstanceCommands } from './registry/commands.ts';
import type { CommandSignature } from './registry/layout.ts';

/** How native Vulkan is called. `auto` is nvk with the timed calls and nvk's holes on koffi. */
export type BindingName = 'auto' | 'nvk' | 'koffi';

/** Which package carries out a command. */
export type BindingRoute = 'nvk' | 'koffi';

/**
 * Native Vulkan. Every command takes what the C function takes: handles as `bigint`, counts and enums
 * as `number`, 64-bit sizes as either, pointers as an `ArrayBuffer` (whole, offset 0) or `null`.
 * A command returns its `VkResult` as a number, or nothing; it never throws for a `VK_ERROR_*`.
 * Struct memory comes from `struct()`; memory reachable through it lives as long as the outer buffer.
 */
export interface VulkanBinding {
  readonly name: BindingName;
  /** The loader library that was opened, as given to the dynamic linker. */
  readonly library: string;
  /** Why the binding does not call through the package it would prefer, where that is so. */
  readonly note?: string;
  /** Commands that need no instance. */
  readonly global: GlobalCommands;
  /** Which package serves a command, by name. */
  route(command: string): BindingRoute;
  /**
   * Commands of an instance, of its physical devices included. A command of an extension that is not
   * enabled is present only if its extension is in `extensions`; calling it otherwise throws.
   */
  loadInstance(instance: bigint, extensions: readonly string[]): InstanceCommands;
  /**
   * A command of an instance or its physical devices that is newer than the generated tables, through koffi; null
   * where neither loader nor driver has it.
   */
  loadNewer(instance: bigint, command: string, signature: CommandSignature): NativeCommand | null;
  /** Commands of a device and of its queues and command buffers; extensions as for an instance. */
  loadDevice(device: bigint, extensions: readonly string[]): DeviceCommands;
  /**
   * Wraps mapped device memory without copying.
   *
   * @throws GuestmarkError (vulkan) for a null address, instead of the abort nvk would make of it.
   */
  viewMemory(address: bigint, bytes: number): ArrayBuffer;
}
