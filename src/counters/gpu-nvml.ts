// What NVIDIA's management library counts of a GPU and its links, and the state that it is in. A device that cannot tell
// something, as in a guest with a vGPU, says so in NVML's words. See "NVML API Reference Guide" (NVIDIA) and nvml.h.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { readField } from '../device-state/nvml-field-value.ts';
import type { NvmlLibrary } from '../device-state/nvml-library.ts';
import type { CounterContext, CounterDescription, CounterGroupDefinition, CounterSource } from './counter.ts';
import { type CounterRow, inUnit } from './counter-rows.ts';
import { type NvmlDevice, nvmlNumber, openNvmlGroup } from './nvml-devices.ts';

const ID = 'gpu-nvml';

export const GPU_NVML: CounterGroupDefinition = {
  id: ID,
  title: 'NVIDIA GPUs and their links, by NVML',
  open: (context) => openGpuNvml(context),
};

/** Opens the counters of all NVIDIA devices of the context. `library` is the library's file; the driver's own by default. */
export function openGpuNvml(context: CounterContext, library?: string): Available<CounterSource> {
  return openNvmlGroup(context, { rows: rowsOf, slow: false, library });
}

/** A counter before it belongs to a device. `scale` makes its unit of NVML's. */
interface NvmlCounter
  extends Pick<CounterDescription, 'unit' | 'kind' | 'description' | 'step' | 'wrapBits' | 'scale'> {
  readonly name: string;
  /** The function without `nvmlDeviceGet`, and what it is asked for. */
  readonly source: string;
  /** In NVML's unit. */
  readonly read: (nvml: NvmlLibrary, handle: unknown) => Available<number>;
}

type ReadUint = (nvml: NvmlLibrary, handle: unknown, into: [number]) => number;

/** Of nvmlClockType_t. */
const CLOCK = { sm: 1, memory: 2 } as const;
/** Of nvmlTemperatureSensors_t. */
const SENSOR_GPU = 0;
/** Of nvmlMemoryErrorType_t and nvmlEccCounterType_t. */
const ECC = { corrected: 0, uncorrected: 1, aggregate: 1 } as const;
/** For NVLink, the scope that stands for all links together. */
const ALL_LINKS = 0xffff_ffff;
/** Transfers per second and lane by the generation of PCI Express (PCI-SIG). */
const PCIE_TRANSFERS: readonly number[] = [2.5e9, 5e9, 8e9, 16e9, 32e9, 64e9];

const COUNTERS: readonly NvmlCounter[] = [
  {
    ...count('pcie:replays', 'Packets that were sent again on the PCIe link, because of errors on it'),
    ...call('PcieReplayCounter', (nvml, handle, into) => nvml.pcieReplayCounter(handle, into)),
    wrapBits: 32,
  },
  nvlink('tx', 'sent', 138),
  nvlink('rx', 'received', 139),
  {
    ...count('energy', 'Energy that the device used since its driver was loaded'),
    unit: 'J',
    step: 1e-3,
    scale: 1e-3,
    source: 'TotalEnergyConsumption',
    read: (nvml, handle) =>
      nvmlNumber<bigint>(nvml, 'TotalEnergyConsumption', (into) => nvml.totalEnergyConsumption(handle, into)),
  },
  ecc('corrected', 'Errors of its memory that were corrected, in the life of the device'),
  ecc('uncorrected', 'Errors of its memory that could not be corrected, in the life of the device'),
  transfers('speed', 'CurrPcieLinkGeneration', 'now; it falls when the device idles', (nvml, handle, into) =>
    nvml.currPcieLinkGeneration(handle, into),
  ),
  transfers('maximum-speed', 'MaxPcieLinkGeneration', 'at most, in this slot', (nvml, handle, into) =>
    nvml.maxPcieLinkGeneration(handle, into),
  ),
  {
    ...gauge('pcie:width', 'lanes', 'Lanes of the PCIe link that are in use'),
    ...call('CurrPcieLinkWidth', (nvml, handle, into) => nvml.currPcieLinkWidth(handle, into)),
  },
  {
    ...gauge('pcie:maximum-width', 'lanes', 'Lanes of the PCIe link that device and slot could use'),
    ...call('MaxPcieLinkWidth', (nvml, handle, into) => nvml.maxPcieLinkWidth(handle, into)),
  },
  {
    ...gauge('sm-clock', 'Hz', 'Clock of the multiprocessors'),
    ...call('ClockInfo', (nvml, handle, into) => nvml.clockInfo(handle, CLOCK.sm, into), ' (SM)'),
    scale: 1e6,
  },
  {
    ...gauge('memory-clock', 'Hz', 'Clock of the memory'),
    ...call('ClockInfo', (nvml, handle, into) => nvml.clockInfo(handle, CLOCK.memory, into), ' (memory)'),
    scale: 1e6,
  },
  {
    ...gauge('temperature', 'celsius', 'Temperature of the GPU'),
    ...call('Temperature', (nvml, handle, into) => nvml.temperature(handle, SENSOR_GPU, into)),
  },
  {
    ...gauge('power', 'W', 'Power that the device draws'),
    ...call('PowerUsage', (nvml, handle, into) => nvml.powerUsage(handle, into)),
    scale: 1e-3,
  },
  {
    ...gauge('throttle-reasons', 'bits', 'What sets the clocks now: the bits of nvmlClocksEventReasons'),
    ...call('CurrentClocksEventReasons', (nvml, handle, into) => nvml.clocksEventReasons(handle, into)),
  },
];

function count(
  name: string,
  description: string,
): Omit<NvmlCounter, 'source' | 'read'> & { readonly kind: 'count' } {
  return { name, description, unit: 'count', kind: 'count', step: null, wrapBits: null, scale: 1 };
}

function gauge(
  name: string,
  unit: NvmlCounter['unit'],
  description: string,
): Omit<NvmlCounter, 'source' | 'read'> {
  return { name, description, unit, kind: 'gauge', step: null, wrapBits: null, scale: 1 };
}

function call(source: string, read: ReadUint, asked = ''): Pick<NvmlCounter, 'source' | 'read'> {
  return {
    source: `${source}${asked}`,
    read: (nvml, handle) => nvmlNumber(nvml, `${source}${asked}`, (into) => read(nvml, handle, into)),
  };
}

function nvlink(direction: 'tx' | 'rx', verb: string, id: number): NvmlCounter {
  const field = `NVML_FI_DEV_NVLINK_THROUGHPUT_DATA_${direction.toUpperCase()}`;
  return {
    ...count(`nvlink:${direction}`, `Data that was ${verb} over all NVLinks, without what the protocol adds`),
    unit: 'B',
    step: 1024,
    scale: 1024,
    source: `FieldValues (${field}, all links)`,
    read: (nvml, handle) => readField(nvml, handle, { name: field, id, scope: ALL_LINKS }),
  };
}

function ecc(kind: 'corrected' | 'uncorrected', description: string): NvmlCounter {
  const source = `TotalEccErrors (${kind}, aggregate)`;
  return {
    ...count(`ecc:${kind}`, description),
    source,
    read: (nvml, handle) =>
      nvmlNumber<bigint>(nvml, source, (into) => nvml.totalEccErrors(handle, ECC[kind], ECC.aggregate, into)),
  };
}

function transfers(name: string, source: string, when: string, read: ReadUint): NvmlCounter {
  const { read: generation } = call(source, read);
  return {
    ...gauge(`pcie:${name}`, 'T/s', `Transfers per second on each lane of the PCIe link, ${when}`),
    source: `${source}, by the table of PCI Express`,
    read: (nvml, handle) => {
      const told = generation(nvml, handle);
      if (!told.available) return told;
      const speed = PCIE_TRANSFERS[told.value - 1];
      return speed === undefined
        ? unavailable(
            `NVML: nvmlDeviceGet${source}: no generation of PCI Express has the number ${told.value}`,
          )
        : available(speed);
    },
  };
}

function rowsOf({ nvml, address, handle }: NvmlDevice): readonly CounterRow[] {
  return COUNTERS.map(({ name, source, read, ...rest }) => ({
    counter: { ...rest, name: `${ID}:${address}:${name}`, source: `NVML: nvmlDeviceGet${source}` },
    read: () => mapAvailable(read(nvml, handle), (raw) => inUnit(raw, rest.scale)),
  }));
}
