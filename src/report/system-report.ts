// What `guestmark system --json` prints: the machine with the evidence, its Vulkan devices and how they are attached. Types
// only.
import type { Available } from '../base/availability.ts';
import type { GpuAttachment } from '../virt/gpu-attachment.ts';
import type { SystemInfo } from '../virt/system-info.ts';

/** Major changes when old readers would misread it, minor when fields are added. */
export const SYSTEM_SCHEMA_VERSION = '1.0';

/** A Vulkan device and how it comes to this guest. */
export interface DescribedDevice {
  /** Position in vkEnumeratePhysicalDevices. */
  readonly index: number;
  readonly name: string;
  readonly attachment: GpuAttachment;
}

/** A machine. */
export interface SystemReport {
  readonly schema: 'guestmark-system';
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string; readonly node: string };
  /** The folder of a recorded machine, as it was given; null for this machine. */
  readonly sysroot: string | null;
  readonly system: SystemInfo;
  readonly devices: Available<readonly DescribedDevice[]>;
}
