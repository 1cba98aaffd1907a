// What AMD GPUs move over PCIe, by amdgpu's file pcie_bw: the driver counts for one second while the file is read. A group
// of its own, because nothing that is measured should wait for that.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { type AmdgpuFolder, amdgpuFolders, numbersIn } from './amdgpu-folders.ts';
import type { CounterContext, CounterGroupDefinition, CounterSource } from './counter.ts';
import { type CounterRow, rowSource } from './counter-rows.ts';

const ID = 'gpu-amdgpu-throughput';
const FILE = 'pcie_bw';

export const GPU_AMDGPU_THROUGHPUT: CounterGroupDefinition = {
  id: ID,
  title: 'Traffic of AMD GPUs on PCIe in one second, by the files of amdgpu',
  open: openGpuAmdgpuThroughput,
};

/** Opens the traffic of all devices of the context whose driver counts it. Of a recorded machine too, which was the driver's word. */
export function openGpuAmdgpuThroughput(context: CounterContext): Available<CounterSource> {
  const folders = amdgpuFolders(context);
  if (!folders.available) return folders;
  const counting = folders.value.filter(({ names }) => names.includes(FILE));
  if (counting.length === 0) return unavailable(`the driver of the AMD device offers no ${FILE}`);
  const devices = counting.map((folder) => openDevice(folder, context.machine.files));
  return available(
    rowSource(
      devices.flatMap(({ rows }) => rows),
      {
        slow: true,
        prepare: () => {
          for (const { refresh } of devices) refresh();
          return available(null);
        },
      },
    ),
  );
}

/** In the order of the file. */
const NUMBERS = [
  {
    name: 'received-packets',
    unit: 'count',
    description:
      'Packets that the GPU received over PCIe in one second; each holds the largest payload at most',
  },
  {
    name: 'sent-packets',
    unit: 'count',
    description: 'Packets that the GPU sent over PCIe in one second; each holds the largest payload at most',
  },
  { name: 'largest-payload', unit: 'B', description: 'The largest payload of a PCIe packet' },
] as const;

const THREE_NUMBERS = { form: /^(\d{1,20})\s+(\d{1,20})\s+(\d{1,20})$/, what: 'three numbers' };

function openDevice(
  { address, path }: AmdgpuFolder,
  files: SystemFiles,
): { readonly rows: readonly CounterRow[]; readonly refresh: () => void } {
  const source = `${path}/${FILE}`;
  let seen: Available<readonly number[]> = unavailable(`${source}: it was not read yet`);
  const rows = NUMBERS.map(
    (number, index): CounterRow => ({
      counter: {
        ...number,
        name: `${ID}:${address}:pcie:${number.name}`,
        kind: 'gauge',
        source,
        step: null,
        wrapBits: null,
        scale: 1,
      },
      read: () => (seen.available ? available(seen.value[index] as number) : seen),
    }),
  );
  return {
    rows,
    refresh: () => {
      seen = numbersIn(files, source, THREE_NUMBERS);
    },
  };
}
