// The guest's memory: how much, in how many NUMA nodes, and how large pages are given out. What a hypervisor shows, not what the
// machine below has.
import { unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { parseCpuList } from '../timing/thread-cpus.ts';
import { certain, type Finding } from './finding.ts';
import type { Machine } from './machine.ts';
import { readMemTotal } from './memory-total.ts';
import { readInteger, readText } from './read-finding.ts';
import type { MemoryInfo } from './system-info.ts';

/** Describes the memory. */
export function describeMemory({ files }: Machine): MemoryInfo {
  return {
    totalBytes: readMemTotal(files),
    numaNodes: countNodes(files),
    transparentHugePages: transparentHugePages(files),
    reservedHugePages: reservedHugePages(files),
  };
}

const NODES = '/sys/devices/system/node/online';

function countNodes(files: SystemFiles): Finding<number> {
  const list = readText(files, NODES);
  if (!list.available) return unavailable(`${list.reason}: a kernel without NUMA, or hidden`);
  const nodes = parseCpuList(list.value);
  return nodes.available ? certain(nodes.value.length, NODES) : unavailable(`${NODES}: no list of nodes`);
}

const TRANSPARENT = '/sys/kernel/mm/transparent_hugepage/enabled';

/** `always [madvise] never`: the one in brackets is in force. */
function transparentHugePages(files: SystemFiles): Finding<string> {
  const text = readText(files, TRANSPARENT);
  if (!text.available) return text;
  const chosen = /\[([a-z]{1,20})\]/.exec(text.value)?.[1];
  return chosen === undefined
    ? unavailable(`${TRANSPARENT}: no choice in brackets`)
    : certain(chosen, TRANSPARENT);
}

const RESERVED = '/sys/kernel/mm/hugepages';
/** Architectures have up to five sizes. */
const MOST_SIZES = 16;

/** Of every size that the kernel knows, also those of which none is set aside. */
function reservedHugePages(files: SystemFiles): Finding<readonly string[]> {
  const names = files.list(RESERVED);
  if (!names.available) return names;
  const sizes = names.value
    .flatMap((name) => /^hugepages-(\d{1,10})kB$/.exec(name)?.[1] ?? [])
    .slice(0, MOST_SIZES)
    .map(Number)
    .sort((a, b) => a - b);
  const counted = sizes.flatMap((kib) => {
    const count = readInteger(files, `${RESERVED}/hugepages-${kib}kB/nr_hugepages`);
    return count.available ? [`${sizeText(kib)}: ${count.value}`] : [];
  });
  return counted.length === 0
    ? unavailable(`${RESERVED}: no size that can be read`)
    : certain(counted, `${RESERVED}/*/nr_hugepages`);
}

function sizeText(kib: number): string {
  if (kib >= 2 ** 20) return `${kib / 2 ** 20} GiB`;
  return kib >= 1024 ? `${kib / 1024} MiB` : `${kib} KiB`;
}
