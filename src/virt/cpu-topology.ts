// How many CPUs, cores and sockets this kernel sees, as lscpu counts them. A guest's topology is its hypervisor's choice, hence
// only likely.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { parseCpuList } from '../timing/thread-cpus.ts';
import { certain, type Finding, likely } from './finding.ts';
import { readInteger, readText } from './read-finding.ts';
import type { CpuInfo } from './system-info.ts';

type Topology = Pick<CpuInfo, 'logicalCpus' | 'sockets' | 'coresPerSocket' | 'threadsPerCore'>;

const CPUS = '/sys/devices/system/cpu';
const ONLINE = `${CPUS}/online`;

/** Counts CPUs that are online. */
export function describeTopology(files: SystemFiles, isGuest: boolean): Topology {
  const online = onlineCpus(files);
  const cores = online.available ? readCores(files, online.value) : online;
  const find = isGuest ? likely : certain;
  const counted = (count: (cores: readonly Core[]) => number, source: string): Finding<number> =>
    cores.available ? find(count(cores.value), `${CPUS}/cpu*/topology: ${source}`) : cores;
  return {
    logicalCpus: online.available ? certain(online.value.length, ONLINE) : online,
    sockets: counted((all) => socketsOf(all).size, 'physical_package_id'),
    coresPerSocket: counted(
      (all) => Math.max(...socketsOf(all).values()),
      'thread_siblings_list per package',
    ),
    threadsPerCore: counted((all) => largest(all.map(({ threads }) => threads)), 'thread_siblings_list'),
  };
}

function onlineCpus(files: SystemFiles): Available<readonly number[]> {
  const list = readText(files, ONLINE);
  if (!list.available) return list;
  const cpus = parseCpuList(list.value);
  if (!cpus.available) return unavailable(`${ONLINE}: no list of CPUs`);
  return cpus.value.length > MOST_CPUS ? unavailable(`${ONLINE}: more than ${MOST_CPUS} CPUs`) : cpus;
}

/** CONFIG_NR_CPUS of the largest x86 kernels. */
const MOST_CPUS = 8192;

/** CPUs that are threads of one core. */
interface Core {
  readonly packageId: number;
  readonly threads: number;
}

/** Two files a core; siblings need not be looked at again. */
function readCores(files: SystemFiles, cpus: readonly number[]): Available<readonly Core[]> {
  const seen = new Set<number>();
  const cores: Core[] = [];
  for (const cpu of cpus) {
    if (seen.has(cpu)) continue;
    const folder = `${CPUS}/cpu${cpu}/topology`;
    const packageId = readInteger(files, `${folder}/physical_package_id`);
    if (!packageId.available) return packageId;
    // Firmware that describes no packages gives -1 (arm64 before ACPI's PPTT).
    if (packageId.value < 0)
      return unavailable(`${folder}/physical_package_id: ${packageId.value}, not known`);
    const siblings = siblingsOf(files, folder);
    if (!siblings.available) return siblings;
    for (const sibling of siblings.value) seen.add(sibling);
    cores.push({ packageId: packageId.value, threads: siblings.value.length });
  }
  return cores.length === 0 ? unavailable(`${ONLINE}: no CPU`) : available(cores);
}

function siblingsOf(files: SystemFiles, folder: string): Available<readonly number[]> {
  const path = `${folder}/thread_siblings_list`;
  const list = readText(files, path);
  if (!list.available) return list;
  const cpus = parseCpuList(list.value);
  return cpus.available ? cpus : unavailable(`${path}: no list of CPUs`);
}

/** Cores by package. */
function socketsOf(cores: readonly Core[]): ReadonlyMap<number, number> {
  const sockets = new Map<number, number>();
  for (const { packageId } of cores) sockets.set(packageId, (sockets.get(packageId) ?? 0) + 1);
  return sockets;
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
