// What sysfs tells of an RDMA adapter and of its ports beside their counters: the driver, whether it is a virtual function,
// whether a port is up, and over what it speaks. Decides nothing about counters.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { plainText } from '../virt/plain-text.ts';

const RDMA_CLASS = '/sys/class/infiniband';

/** An adapter, by its name in sysfs: `mlx5_0`, `rdmap0s6`. */
export interface RdmaAdapter {
  readonly name: string;
  readonly folder: string;
  /** Name of the kernel driver; undefined where there is no link to it. */
  readonly driver: string | undefined;
  /** A virtual function of SR-IOV, which sees its own traffic only. */
  readonly virtualFunction: boolean;
  /** In ascending order. */
  readonly ports: readonly string[];
}

/** Machines have at most eight or sixteen; switches have up to 80 ports, adapters one or two. */
const MOST_ADAPTERS = 64;
const MOST_PORTS = 128;

/**
 * NVIDIA's PCI device ids of virtual functions, after the tables of the mlx4 and mlx5 drivers (MLX4_PCI_DEV_IS_VF,
 * MLX5_PCI_DEV_IS_VF): a guest sees no link to the physical one.
 */
const VIRTUAL_FUNCTION_IDS = [
  ...['0x1002', '0x1004', '0x1012', '0x1014', '0x1016', '0x1018', '0x101a', '0x101c', '0x101e'],
  '0xa2d3',
];

/** The adapters of a machine, or why it has none. */
export function findRdmaAdapters(files: SystemFiles): Available<readonly RdmaAdapter[]> {
  const names = files.list(RDMA_CLASS);
  if (!names.available) return unavailable(`no InfiniBand, RoCE, EFA or Omni-Path adapter: ${names.reason}`);
  const adapters = names.value.filter(isPlainName).slice(0, MOST_ADAPTERS);
  if (adapters.length === 0)
    return unavailable(`no InfiniBand, RoCE, EFA or Omni-Path adapter in ${RDMA_CLASS}`);
  return available(adapters.map((name) => adapter(files, name)));
}

/** Names become parts of the names of counters and of paths. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.,-]{0,63}$/.test(name);
}

function adapter(files: SystemFiles, name: string): RdmaAdapter {
  const folder = `${RDMA_CLASS}/${name}`;
  const ports = files.list(`${folder}/ports`);
  const numbers = ports.available ? ports.value.filter((port) => /^\d{1,3}$/.test(port)) : [];
  const link = files.link(`${folder}/device/driver`);
  return {
    name,
    folder,
    driver: link.available ? link.value.split('/').at(-1) : undefined,
    virtualFunction: isVirtualFunction(files, folder),
    ports: numbers.sort((one, other) => Number(one) - Number(other)).slice(0, MOST_PORTS),
  };
}

function isVirtualFunction(files: SystemFiles, folder: string): boolean {
  if (files.link(`${folder}/device/physfn`).available) return true;
  const line = (file: string): string | undefined => lineOf(files, `${folder}/device/${file}`);
  return line('vendor') === '0x15b3' && VIRTUAL_FUNCTION_IDS.includes(line('device') ?? '');
}

/** Whether a port is up: `4: ACTIVE`. Its counters stand still in every other state. */
export function portState(
  files: SystemFiles,
  { name, folder }: RdmaAdapter,
  port: string,
): Available<'ACTIVE'> {
  const path = `${folder}/ports/${port}/state`;
  const text = files.read(path);
  if (!text.available) return unavailable(`port ${port} of ${name} is in no known state: ${text.reason}`);
  const state = plainText(text.value.slice(0, 80));
  return /^4\s*:/.test(state)
    ? available('ACTIVE')
    : unavailable(`port ${port} of ${name} is not active: ${state}`);
}

/** `InfiniBand at 100 Gb/sec (4X EDR)`; `RoCE` where the port is one of Ethernet. */
export function portLink(files: SystemFiles, { folder, driver }: RdmaAdapter, port: string): string {
  const layer = lineOf(files, `${folder}/ports/${port}/link_layer`);
  const rate = lineOf(files, `${folder}/ports/${port}/rate`);
  return `${fabricOf(layer, driver)}${rate === undefined ? '' : ` at ${rate}`}`;
}

function fabricOf(layer: string | undefined, driver: string | undefined): string {
  if (driver === 'efa') return 'EFA';
  if (driver === 'hfi1') return 'Omni-Path';
  return layer === 'Ethernet' ? 'RoCE' : (layer ?? 'link layer unknown');
}

function lineOf(files: SystemFiles, path: string): string | undefined {
  const text = files.read(path);
  return text.available ? plainText(text.value.slice(0, 80)) : undefined;
}
