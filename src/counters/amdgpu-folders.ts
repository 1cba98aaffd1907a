// Where the files of AMD's GPUs lie, for the groups of counters that read them, and how a number is taken out of one. Knows no
// counter.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { functionFolder } from '../virt/pci-address.ts';
import type { CounterContext } from './counter.ts';
import { gpuAddresses } from './gpu-addresses.ts';

const AMD = 0x1002;

/** Files that every driver's PCI function lacks, and amdgpu's has one or more of, by the age of device and driver. */
const FILES_OF_AMDGPU = ['pcie_replay_count', 'pcie_bw', 'gpu_busy_percent', 'pp_dpm_sclk', 'hwmon'];

/** A device and its folder. */
export interface AmdgpuFolder {
  /** `0000:03:00.0`. */
  readonly address: string;
  readonly path: string;
  readonly names: readonly string[];
}

/** The folders of the context's AMD devices that amdgpu drives, or why there is none. */
export function amdgpuFolders({ devices, machine }: CounterContext): Available<readonly AmdgpuFolder[]> {
  const addresses = gpuAddresses(devices, AMD, 'AMD');
  if (!addresses.available) return addresses;
  const folders = addresses.value.map((address) => folderOf(address, machine.files));
  const usable = folders.flatMap((folder) => (folder.available ? [folder.value] : []));
  const reason = folders.flatMap((folder) => (folder.available ? [] : [folder.reason]))[0];
  return usable.length === 0 ? unavailable(reason ?? 'there is no AMD device') : available(usable);
}

function folderOf(address: string, files: SystemFiles): Available<AmdgpuFolder> {
  const path = functionFolder(address);
  const names = files.list(path);
  if (!names.available) return names;
  return FILES_OF_AMDGPU.some((name) => names.value.includes(name))
    ? available({ address, path, names: names.value })
    : unavailable(`${path}: it has none of the files of amdgpu (${FILES_OF_AMDGPU.join(', ')})`);
}

/** The numbers that a form finds in the text of a file; `what` says in words what it looks for. */
export function numbersIn(
  files: SystemFiles,
  path: string,
  { form, what }: { readonly form: RegExp; readonly what: string },
): Available<readonly number[]> {
  const text = files.read(path);
  if (!text.available) return text;
  const found = form.exec(text.value.trim());
  return found === null
    ? unavailable(`${path}: it does not hold ${what}`)
    : available(found.slice(1).map(Number));
}
