// What the amdgpu driver of Linux tells of a GPU and its link by its files. A device whose driver lacks a file says so. The
// table of gpu_metrics is left out: its layout changes with the version that its head names, and what it holds beyond these
// files is no counter. See "GPU sysfs" and "Thermal" of the amdgpu driver in the documentation of Linux.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { DeviceState } from '../device-state/device-state.ts';
import { openSysfsState } from '../device-state/sysfs-state.ts';
import { type AmdgpuFolder, amdgpuFolders, numbersIn } from './amdgpu-folders.ts';
import type { CounterContext, CounterDescription, CounterGroupDefinition, CounterSource } from './counter.ts';
import { type CounterRow, inUnit, rowSource } from './counter-rows.ts';

const ID = 'gpu-amdgpu';

export const GPU_AMDGPU: CounterGroupDefinition = {
  id: ID,
  title: 'AMD GPUs and their links, by the files of amdgpu',
  open: openGpuAmdgpu,
};

/** Opens the counters of all devices of the context that amdgpu drives. Files are all it reads: of a recorded machine too. */
export function openGpuAmdgpu(context: CounterContext): Available<CounterSource> {
  const { files } = context.machine;
  const folders = amdgpuFolders(context);
  if (!folders.available) return folders;
  const devices = folders.value.map((folder) => openDevice(folder, files));
  return available(
    rowSource(
      devices.flatMap(({ rows }) => rows),
      {
        slow: false,
        prepare: () => {
          for (const { refresh } of devices) refresh();
          return available(null);
        },
      },
    ),
  );
}

type Described = Pick<CounterDescription, 'name' | 'unit' | 'description'>;

/** What is read out of one file, as one number. `scale` makes the counter's unit of the file's. */
interface FileCounter extends Described {
  readonly kind: CounterDescription['kind'];
  readonly file: string;
  readonly form: RegExp;
  readonly what: string;
  readonly scale: number;
}

const SPEED = { form: /^(\d{1,3}(?:\.\d{1,2})?) GT\/s/, what: 'a speed', unit: 'T/s', scale: 1e9 } as const;
/** 0 and 255 stand for a width that is not known. */
const WIDTH = { form: /^([1-9]\d?)$/, what: 'a number of lanes', unit: 'lanes', scale: 1 } as const;

const FILE_COUNTERS: readonly FileCounter[] = [
  {
    name: 'pcie:replays',
    unit: 'count',
    kind: 'count',
    description: 'Packets that were sent again on the PCIe link, in either direction',
    file: 'pcie_replay_count',
    form: /^(\d{1,20})$/,
    what: 'a count',
    scale: 1,
  },
  {
    name: 'pcie:speed',
    kind: 'gauge',
    description: 'Transfers per second on each lane of the PCIe link, now; it falls when the device idles',
    file: 'current_link_speed',
    ...SPEED,
  },
  {
    name: 'pcie:maximum-speed',
    kind: 'gauge',
    description: 'Transfers per second on each lane that the device could do',
    file: 'max_link_speed',
    ...SPEED,
  },
  {
    name: 'pcie:width',
    kind: 'gauge',
    description: 'Lanes of the PCIe link that are in use',
    file: 'current_link_width',
    ...WIDTH,
  },
  {
    name: 'pcie:maximum-width',
    kind: 'gauge',
    description: 'Lanes that the device could use',
    file: 'max_link_width',
    ...WIDTH,
  },
  {
    name: 'memory-busy',
    unit: 'ratio',
    kind: 'gauge',
    description: 'Share of time in which the memory worked lately',
    file: 'mem_busy_percent',
    form: /^(\d{1,3})$/,
    what: 'a percentage',
    scale: 0.01,
  },
];

/** What the state of the device has, which is read for reports in any case. */
interface StateCounter extends Described {
  readonly files: string;
  readonly field: Exclude<keyof DeviceState, 'costNs' | 'throttleReasons'>;
}

const STATE_COUNTERS: readonly StateCounter[] = [
  {
    name: 'busy',
    unit: 'ratio',
    description: 'Share of time in which the GPU worked lately',
    files: 'gpu_busy_percent',
    field: 'busyRatio',
  },
  {
    name: 'shader-clock',
    unit: 'Hz',
    description: 'Clock of the compute units',
    files: 'hwmon/*/freq1_input or pp_dpm_sclk',
    field: 'computeClockHz',
  },
  {
    name: 'memory-clock',
    unit: 'Hz',
    description: 'Clock of the memory',
    files: 'hwmon/*/freq2_input or pp_dpm_mclk',
    field: 'memoryClockHz',
  },
  {
    name: 'temperature',
    unit: 'celsius',
    description: 'Temperature of the edge of the GPU',
    files: 'hwmon/*/temp1_input',
    field: 'temperatureCelsius',
  },
  {
    name: 'power',
    unit: 'W',
    description: 'Power that the device draws',
    files: 'hwmon/*/power1_average or power1_input',
    field: 'powerWatts',
  },
];

interface OpenedDevice {
  readonly rows: readonly CounterRow[];
  /** Reads the state, of which several rows tell. */
  readonly refresh: () => void;
}

function openDevice({ address, path }: AmdgpuFolder, files: SystemFiles): OpenedDevice {
  const reader = openSysfsState(address, files);
  let state: Available<DeviceState> = unavailable(`${path}: it was not read yet`);
  const inDevice = { step: null, wrapBits: null };
  const fileRows = FILE_COUNTERS.map(({ file, form, what, ...rest }): CounterRow => {
    const source = `${path}/${file}`;
    return {
      counter: { ...rest, ...inDevice, name: `${ID}:${address}:${rest.name}`, source },
      read: () =>
        mapAvailable(numbersIn(files, source, { form, what }), ([raw = 0]) => inUnit(raw, rest.scale)),
    };
  });
  const stateRows = STATE_COUNTERS.map(({ files: names, field, name, unit, description }): CounterRow => {
    const source = `${path}/${names}`;
    const described = { name: `${ID}:${address}:${name}`, unit, description, source };
    return {
      counter: { ...described, ...inDevice, kind: 'gauge', scale: 1 },
      read: () => (state.available ? state.value[field] : state),
    };
  });
  return {
    rows: [...fileRows, ...stateRows],
    refresh: () => {
      state = mapAvailable(reader, (opened) => opened.read());
    },
  };
}
