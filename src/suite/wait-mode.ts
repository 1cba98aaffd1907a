// How to wait for the device when the user leaves it open. Pure; the rule is explained in one place.

import type { WaitMode } from '../vulkan/compute-device.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';

/**
 * `auto` blocks where the device is software: its workers run on this machine's CPUs, and a spinning
 * waiter would take one away from them. On hardware it spins for latency benchmarks, because blocking
 * adds the wake-up of the CPU to every sample, and blocks for throughput, where that does not matter.
 */
export function resolveWaitMode(
  wish: WaitMode | 'auto',
  device: Pick<DeviceInfo, 'software'>,
  kind: 'throughput' | 'latency',
): WaitMode {
  if (wish !== 'auto') return wish;
  return device.software || kind === 'throughput' ? 'block' : 'spin';
}
