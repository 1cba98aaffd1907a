// NVIDIA's devices with their handles in an open NVML, for the groups of counters that it offers. Knows no counter.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { openNvmlDevice } from '../device-state/nvml-device.ts';
import { type NvmlLibrary, succeeded } from '../device-state/nvml-library.ts';
import type { CounterContext, CounterSource } from './counter.ts';
import { type CounterRow, rowSource } from './counter-rows.ts';
import { gpuAddresses } from './gpu-addresses.ts';

const NVIDIA = 0x10de;

/** A device as NVML knows it. */
export interface NvmlDevice {
  readonly nvml: NvmlLibrary;
  /** `0000:01:00.0`. */
  readonly address: string;
  /** Only valid while the device is open. */
  readonly handle: unknown;
}

/** What a group takes of NVML. */
export interface NvmlGroup {
  readonly rows: (device: NvmlDevice) => readonly CounterRow[];
  readonly slow: boolean;
  /** The library's file; the driver's own by default. */
  readonly library: string | undefined;
}

/** Opens a group's counters of every device that NVML finds, or says why there is none. Closed with the source. */
export function openNvmlGroup(context: CounterContext, group: NvmlGroup): Available<CounterSource> {
  if (!context.machine.live) return unavailable('NVML answers for this machine only, not for a recorded one');
  const addresses = gpuAddresses(context.devices, NVIDIA, 'NVIDIA');
  if (!addresses.available) return addresses;
  const all = addresses.value.map((address) => ({ address, opened: openNvmlDevice(address, group.library) }));
  const devices = all.flatMap(({ opened }) => (opened.available ? [opened.value] : []));
  const refused = all.flatMap(({ opened }) => (opened.available ? [] : [opened]));
  const first = devices[0];
  if (first === undefined) return refused[0] ?? unavailable('there is no NVIDIA device');
  const rows = all.flatMap(({ address, opened }) =>
    opened.available
      ? group.rows({ ...opened.value, address })
      : // It is listed all the same, and says of each counter why NVML does not know the device.
        group.rows({ ...first, address }).map(({ counter }) => ({ counter, read: () => opened })),
  );
  const close = (): void => {
    for (const device of devices) device[Symbol.dispose]();
  };
  return available(rowSource(rows, { slow: group.slow, close }));
}

/** One number of NVML, in its own unit. `name` is that of the function without `nvmlDeviceGet`. */
export function nvmlNumber<T extends number | bigint = never>(
  nvml: NvmlLibrary,
  name: string,
  read: (into: [T | number]) => number,
): Available<number> {
  const into: [T | number] = [0];
  return mapAvailable(succeeded(nvml, `nvmlDeviceGet${name}`, read(into)), () => Number(into[0]));
}
