// How much NVIDIA GPUs move over PCIe just now, by NVML: it looks for 20 ms at each direction, and answers then. A group of
// its own, because nothing that is measured should wait for that.
import { type Available, mapAvailable } from '../base/availability.ts';
import type { CounterContext, CounterGroupDefinition, CounterSource } from './counter.ts';
import type { CounterRow } from './counter-rows.ts';
import { type NvmlDevice, nvmlNumber, openNvmlGroup } from './nvml-devices.ts';

const ID = 'gpu-nvml-throughput';

export const GPU_NVML_THROUGHPUT: CounterGroupDefinition = {
  id: ID,
  title: 'Traffic of NVIDIA GPUs on PCIe over 20 ms, by NVML',
  open: (context) => openGpuNvmlThroughput(context),
};

/** Opens the traffic of all NVIDIA devices of the context. `library` is the library's file; the driver's own by default. */
export function openGpuNvmlThroughput(context: CounterContext, library?: string): Available<CounterSource> {
  return openNvmlGroup(context, { rows: rowsOf, slow: true, library });
}

/** NVML counts in KB/s, which it does not define: read as 1000 bytes, a reading is at most 2.4 % too small. */
const KILOBYTE = 1e3;

/** Of nvmlPcieUtilCounter_t. */
const DIRECTIONS = [
  { name: 'tx', counter: 0, description: 'Bytes per second that the GPU sent over PCIe in the last 20 ms' },
  {
    name: 'rx',
    counter: 1,
    description: 'Bytes per second that the GPU received over PCIe in the last 20 ms',
  },
] as const;

function rowsOf({ nvml, address, handle }: NvmlDevice): readonly CounterRow[] {
  return DIRECTIONS.map(({ name, counter, description }) => ({
    counter: {
      name: `${ID}:${address}:pcie:${name}`,
      unit: 'B/s',
      kind: 'gauge',
      description,
      source: `NVML: nvmlDeviceGetPcieThroughput (${name.toUpperCase()})`,
      step: null,
      wrapBits: null,
      scale: KILOBYTE,
    },
    read: () =>
      mapAvailable(
        nvmlNumber(nvml, 'PcieThroughput', (into) => nvml.pcieThroughput(handle, counter, into)),
        (kilobytes) => kilobytes * KILOBYTE,
      ),
  }));
}
