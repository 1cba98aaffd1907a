// Counters of InfiniBand, RoCE, EFA and Omni-Path adapters, which the kernel shows in one class, /sys/class/infiniband. Words
// are told as bytes, widths are told, and a port that is down has a reason for each of its counters and no zeros.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { ADAPTER_COUNTERS } from './adapter-counters.ts';
import type { CounterContext, CounterDescription, CounterGroupDefinition, CounterSource } from './counter.ts';
import { type CounterFile, openCounterFile, readCount } from './counter-file.ts';
import { type CounterSet, counterSetSource } from './counter-sets.ts';
import { type KnownCounter, knownCounter } from './known-counter.ts';
import { DATA_COUNTERS, EXTENDED_COUNTERS, PORT_COUNTERS, WORD_COUNTERS } from './port-counters.ts';
import { findRdmaAdapters, isPlainName, portLink, portState, type RdmaAdapter } from './rdma-adapter.ts';

export const INFINIBAND: CounterGroupDefinition = {
  id: 'infiniband',
  title: 'InfiniBand, RoCE, EFA and Omni-Path adapters',
  open: openInfiniband,
};

/** Folders of a port. `counters_ext` is of drivers before 2016 (MLNX_OFED 3); where names are the same, its 64 bits count. */
const FOLDERS = ['counters_ext', 'counters', 'hw_counters'];
/** A port of the richest driver, hfi1, has some hundred; what is beyond is not read. */
const MOST_COUNTERS = 512;
/** `counters` of an adapter without them has up to 21 files that say so. */
const MOST_REFUSED = 32;
/** Sixteen adapters of two ports have some 2,000. */
const MOST_IN_ALL = 4096;
/** The file that says for how many milliseconds the kernel repeats an answer of hw_counters: no counter. */
const LIFESPAN = 'lifespan';

/** A folder of counters, and what all of its counters share. */
interface Folder {
  readonly path: string;
  /** `infiniband:mlx5_0:1`. */
  readonly prefix: string;
  readonly note: string;
  readonly adapter: RdmaAdapter;
  /** Whether the port has counters that only the extended set has. */
  readonly extended: boolean;
}

function openInfiniband({ machine: { files } }: CounterContext): Available<CounterSource> {
  const adapters = findRdmaAdapters(files);
  if (!adapters.available) return adapters;
  const sets = adapters.value.flatMap((adapter) => [
    ...adapter.ports.map((port) => () => portSet(files, adapter, port)),
    () => adapterSet(files, adapter),
  ]);
  const opened = openWhileFew(sets);
  if (opened.some(({ counters }) => counters.length > 0)) return available(counterSetSource(opened));
  return unavailable(`no counters of ${adapters.value.map(({ name }) => name).join(', ')}`);
}

/** Opens sets until there are enough: a recorded machine may hold any number of files. */
function openWhileFew(sets: readonly (() => CounterSet)[]): readonly CounterSet[] {
  const opened: CounterSet[] = [];
  let count = 0;
  for (const open of sets) {
    if (count >= MOST_IN_ALL) break;
    const set = open();
    count += set.counters.length;
    opened.push(set);
  }
  return opened;
}

function portSet(files: SystemFiles, adapter: RdmaAdapter, port: string): CounterSet {
  const folder = `${adapter.folder}/ports/${port}`;
  const lists = FOLDERS.map((name) => [`${folder}/${name}`, namesIn(files, `${folder}/${name}`)] as const);
  const extended = lists.some(([, names]) => names.some((name) => EXTENDED_COUNTERS.includes(name)));
  const note = `${portLink(files, adapter, port)}${ownTraffic(adapter)}`;
  const prefix = `infiniband:${adapter.name}:${port}`;
  return {
    counters: uniqueCounters(
      lists.flatMap(([path, names]) => {
        const counted = names.filter((name) => !isNeverCounted(adapter, name));
        return openFolder(files, { path, prefix, note, adapter, extended }, counted);
      }),
    ),
    usable: () => portState(files, adapter, port),
  };
}

/** What the device counts for all of its ports; it has no state. */
function adapterSet(files: SystemFiles, adapter: RdmaAdapter): CounterSet {
  const path = `${adapter.folder}/hw_counters`;
  const note = `all ports of ${adapter.name}${ownTraffic(adapter)}`;
  const folder = { path, prefix: `infiniband:${adapter.name}`, note, adapter, extended: true };
  return { counters: openFolder(files, folder, namesIn(files, path)), usable: () => available('always') };
}

function ownTraffic({ virtualFunction }: RdmaAdapter): string {
  return virtualFunction ? ', traffic of this virtual function only' : '';
}

/** Names that the tables know come first: of a hostile or very rich folder these are what is wanted. */
function namesIn(files: SystemFiles, path: string): readonly string[] {
  const names = files.list(path);
  const plain = names.available ? names.value.filter((name) => isPlainName(name) && name !== LIFESPAN) : [];
  const isKnown = (name: string): boolean => rowOf(name) !== undefined;
  return [...plain.filter(isKnown), ...plain.filter((name) => !isKnown(name))].slice(0, MOST_COUNTERS);
}

/** Counters of switches' virtual ports in mlx5 bear the names of the others behind `vport_`. */
function rowOf(name: string): KnownCounter | undefined {
  return knownCounter(PORT_COUNTERS, name) ?? knownCounter(ADAPTER_COUNTERS, name.replace(/^vport_/, ''));
}

/**
 * Of unknown names only those are counters that can be read as one: a folder may hold other things. One that holds many of
 * them holds no more counters: they are files of megabytes, and each is read.
 */
function openFolder(files: SystemFiles, folder: Folder, names: readonly string[]): readonly CounterFile[] {
  let refused = 0;
  return names.flatMap((name): readonly CounterFile[] => {
    if (refused > MOST_REFUSED) return [];
    const path = `${folder.path}/${name}`;
    const isCounter = rowOf(name) === undefined ? readCount(files, path).available : !isRefused(files, path);
    if (isCounter) return [openCounterFile(files, path, describe(folder, name, path))];
    refused += 1;
    return [];
  });
}

/** `N/A (no PMA)`: what the kernel writes in the files of an adapter that has no such counters. */
function isRefused(files: SystemFiles, path: string): boolean {
  const text = mapAvailable(files.read(path), (value) => value.startsWith('N/A'));
  return text.available && text.value;
}

function uniqueCounters(counters: readonly CounterFile[]): readonly CounterFile[] {
  const seen = new Set<string>();
  return counters
    .filter(({ description: { name } }) => !seen.has(name) && seen.add(name))
    .slice(0, MOST_COUNTERS);
}

function describe(folder: Folder, name: string, path: string): CounterDescription {
  const row = rowOf(name);
  const scale = WORD_COUNTERS.includes(name) ? wordBytes(folder.adapter) : 1;
  const cached = path.includes('/hw_counters/') ? ', repeated by the kernel for 10 ms (its lifespan)' : '';
  return {
    name: `${folder.prefix}:${name}`,
    unit: row?.unit ?? 'count',
    kind: 'count',
    description: `${row?.description ?? 'Vendor counter'} (${folder.note})`,
    source: `${path}${scale === 1 ? '' : `, in words of ${scale} bytes, times ${scale}`}${cached}`,
    step: scale === 1 ? null : scale,
    wrapBits: widthOf(folder, name, row),
    ...(row?.sticks === true ? { sticks: true } : {}),
    scale,
  };
}

/**
 * The specification counts data in words of four bytes. The Omni-Path driver gives flits, which have eight
 * (pma_get_ib_portcounters_ext in drivers/infiniband/hw/hfi1/mad.c passes DC_XMIT_FLITS on unchanged).
 */
function wordBytes(adapter: RdmaAdapter): number {
  return isOmniPath(adapter) ? 8 : 4;
}

/** Omni-Path's driver writes 0 for them, whatever was sent, in that function: a zero that means nothing. */
function isNeverCounted(adapter: RdmaAdapter, name: string): boolean {
  return isOmniPath(adapter) && /^(port_)?unicast_/.test(name);
}

function isOmniPath({ name, driver }: RdmaAdapter): boolean {
  return driver === 'hfi1' || (driver === undefined && name.startsWith('hfi1_'));
}

/** Without the extended set data and packets are counted in 32 bits. */
function widthOf({ extended }: Folder, name: string, row: KnownCounter | undefined): number | null {
  return DATA_COUNTERS.includes(name) && !extended ? 32 : (row?.bits ?? null);
}
