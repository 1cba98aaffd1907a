// Calibrated timestamps: device and CPU clock read together by the driver, which is what places GPU
// intervals on the CPU timeline.

import { type Available, available, unavailable } from '../base/availability.ts';
import { checkAlive } from './check-alive.ts';
import type { DeviceCalibration } from './compute-device.ts';
import { enumerate } from './enumerate.ts';
import type { LogicalDevice } from './logical-device.ts';
import {
  VK_TIME_DOMAIN_CLOCK_MONOTONIC_EXT,
  VK_TIME_DOMAIN_CLOCK_MONOTONIC_RAW_EXT,
  VK_TIME_DOMAIN_DEVICE_EXT,
} from './registry/constants.ts';
import { structArray } from './struct.ts';

/** Reads both clocks. */
export interface Calibrator {
  readonly clock: 'CLOCK_MONOTONIC' | 'CLOCK_MONOTONIC_RAW';
  read(): DeviceCalibration;
}

const DOMAINS = [
  // RAW first: the time ledger uses it, because NTP slews CLOCK_MONOTONIC.
  [VK_TIME_DOMAIN_CLOCK_MONOTONIC_RAW_EXT, 'CLOCK_MONOTONIC_RAW'],
  [VK_TIME_DOMAIN_CLOCK_MONOTONIC_EXT, 'CLOCK_MONOTONIC'],
] as const;

/** Finds a CPU clock that the driver reads together with the device's, or says why there is none. */
export function openCalibrator(device: LogicalDevice): Available<Calibrator> {
  if (!device.isCalibrated) return unavailable('the device lacks VK_EXT_calibrated_timestamps');
  if (device.family.timestampValidBits === 0) return unavailable('the queue family has no timestamps');
  const domains = listDomains(device);
  if (!domains.includes(VK_TIME_DOMAIN_DEVICE_EXT))
    return unavailable('the driver does not calibrate the device clock');
  const found = DOMAINS.find(([domain]) => domains.includes(domain));
  if (found === undefined) return unavailable('the driver calibrates no CPU clock that this program reads');
  const [domain, clock] = found;
  return available({ clock, read: reader(device, domain) });
}

function listDomains(device: LogicalDevice): readonly number[] {
  const { commands: instanceCommands } = device.instance;
  const call = 'vkGetPhysicalDeviceCalibrateableTimeDomainsEXT';
  const allocate = (count: number): { room: Int32Array; memory: ArrayBuffer } => {
    const memory = new ArrayBuffer(4 * count);
    return { room: new Int32Array(memory), memory };
  };
  const { room, count } = enumerate(call, allocate, (total, memory) =>
    instanceCommands.vkGetPhysicalDeviceCalibrateableTimeDomainsEXT(device.physical, total, memory),
  );
  return [...room.subarray(0, count)];
}

function reader(device: LogicalDevice, domain: number): () => DeviceCalibration {
  const infos = structArray('VkCalibratedTimestampInfoEXT', [
    { timeDomain: VK_TIME_DOMAIN_DEVICE_EXT },
    { timeDomain: domain },
  ]);
  const stamps = new BigUint64Array(2);
  const deviation = new BigUint64Array(1);
  const mask = (1n << BigInt(device.family.timestampValidBits)) - 1n;
  return () => {
    const code = device.commands.vkGetCalibratedTimestampsEXT(
      device.handle,
      2,
      infos.memory,
      stamps.buffer as ArrayBuffer,
      deviation.buffer as ArrayBuffer,
    );
    checkAlive(device, 'vkGetCalibratedTimestampsEXT', code);
    return {
      deviceTicks: (stamps[0] as bigint) & mask,
      cpuNs: stamps[1] as bigint,
      maxDeviationNs: Number(deviation[0]),
    };
  };
}
