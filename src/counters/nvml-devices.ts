// NVIDIA's devices with their handles in an open NVML, for the groups of counters that it offers. Knows no counter.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { loadNvml, type NvmlLibrary, succeeded } from '../device-state/nvml-library.ts';
import type { CounterContext, CounterSource } from './counter.ts';
import { type CounterRow, rowSource } from './counter-rows.ts';
import { gpuAddresses } from './gpu-addresses.ts';

const NVIDIA = 0x10de;

/** A device as NVML knows it. */
export interface NvmlDevice {
  readonly nvml: NvmlLibrary;
  /** `0000:01:00.0`. */
  readonly address: string;
  /** Only valid while the library is open. */
  readonly handle: unknown;
}

/** What a group takes of NVML. */
export interface NvmlGroup {
  readonly rows: (device: NvmlDevice) => readonly CounterRow[];
  readonly slow: boolean;
  /** The library's file; the driver's own by default. */
  readonly library: string | undefined;
}

/** Opens NVML and a group's counters of every device that it finds, or says why there is none. Closed with the source. */
export function openNvmlGroup(context: CounterContext, group: NvmlGroup): Available<CounterSource> {
  if (!context.machine.live) return unavailable('NVML answers for this machine only, not for a recorded one');
  const addresses = gpuAddresses(context.devices, NVIDIA, 'NVIDIA');
  if (!addresses.available) return addresses;
  const loaded = loadNvml(group.library);
  if (!loaded.available) return loaded;
  const nvml = loaded.value;
  const started = succeeded(nvml, 'nvmlInit_v2', nvml.init());
  if (!started.available) return started;
  const found = addresses.value.map((address) => ({ address, handle: findHandle(nvml, address) }));
  const missing = found.flatMap(({ handle }) => (handle.available ? [] : [handle]));
  if (missing[0] !== undefined && missing.length === found.length) {
    nvml.shutdown();
    return missing[0];
  }
  const close = (): void => {
    nvml.shutdown();
  };
  const rows = found.flatMap(({ address, handle }) =>
    handle.available
      ? group.rows({ nvml, address, handle: handle.value })
      : // It is listed all the same, and says of each counter that NVML does not know the device.
        group.rows({ nvml, address, handle: null }).map(({ counter }) => ({ counter, read: () => handle })),
  );
  return available(rowSource(rows, { slow: group.slow, close }));
}

function findHandle(nvml: NvmlLibrary, address: string): Available<unknown> {
  const handle: [unknown] = [null];
  const found = succeeded(nvml, `no device at ${address}`, nvml.handleByPciBusId(address, handle));
  return mapAvailable(found, () => handle[0]);
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
