// Memory costs before it is used: the first write to a page of fresh memory faults, and in a guest the hypervisor may have
// to find a page of its own as well.
import { compareElements, defineHostBenchmark, type MakeOperation, type OperationFigure } from 'guestmark';
import { createBoundBuffer, type LogicalDevice, mapMemory } from 'guestmark/vulkan';
import { freshBytes } from '../parts/fresh-bytes.ts';
import { requireMemory } from '../parts/machine-memory.ts';
import { quartiles } from '../parts/quartiles.ts';
import { multipleOf, oneOf } from '../parts/workgroup.ts';

const MI = 2 ** 20;
const GI = 2 ** 30;
/** _SC_PAGESIZE of sysconf(3) on Linux. */
const PAGE_SIZE_NAME = 30;
/** Rounds for the figures, outside of the samples. */
const ROUNDS = 5;
/** Less than one fault for a huge page of 2 MiB. */
const FEWEST_FAULTS_A_PAGE = 1 / 1024;

/** Mapped memory that was just allocated. */
interface FreshMemory extends Disposable {
  readonly bytes: Uint8Array;
}

function freshMemory(device: LogicalDevice, bytes: number): FreshMemory {
  const buffer = createBoundBuffer(device, freshBytes(bytes), 'upload', 'fresh');
  try {
    const mapped = mapMemory(device, buffer, 0, bytes);
    return { bytes: mapped.bytes, [Symbol.dispose]: () => buffer[Symbol.dispose]() };
  } catch (error) {
    buffer[Symbol.dispose]();
    throw error;
  }
}

const operation: MakeOperation<'touch' | 'bytes'> = ({ touch, bytes }, { scope, vulkan, libc, stamp }) => {
  const device = vulkan();
  // What the CPU writes lies in memory of the machine, but for a window to that of a device.
  requireMemory('first-touch-cpu', device.info, { ownBytes: freshBytes(bytes), deviceBytes: 0 });
  const pageBytes = libc().sysconf(PAGE_SIZE_NAME);
  const pages = Math.ceil(bytes / pageBytes);
  const prepared = (): FreshMemory => {
    const fresh = freshMemory(device, bytes);
    if (touch === 2) fresh.bytes.fill(UNTOUCHED);
    return fresh;
  };
  let memory = prepared();
  scope.defer(() => memory[Symbol.dispose]());
  let [operations, pagesWritten] = [0, 0];
  const run = (): void => {
    memory.bytes.fill(byteOf(operations));
  };
  const renew = (): void => {
    memory[Symbol.dispose]();
    memory = prepared();
  };
  return {
    calls: 0,
    run,
    reset: () => {
      pagesWritten += countPages(memory.bytes, pageBytes, byteOf(operations));
      operations++;
      renew();
    },
    verify: (count) => compareElements('pages written', [pagesWritten], [count * pages]),
    figures: () => {
      const rounds = Array.from({ length: ROUNDS }, () => {
        renew();
        return observe(run, stamp.nowNs);
      });
      return touchFigures(rounds, pages, touch);
    },
  };
};

/** What no operation writes. */
const UNTOUCHED = 255;

/** Another byte for each of 251 operations; never 0, which fresh memory may hold. */
function byteOf(operation: number): number {
  return 1 + (operation % 251);
}

/** Pages whose first and last byte hold the value. */
function countPages(bytes: Uint8Array, pageBytes: number, value: number): number {
  let pages = 0;
  for (let start = 0; start < bytes.length; start += pageBytes) {
    const last = Math.min(start + pageBytes, bytes.length) - 1;
    if (bytes[start] === value && bytes[last] === value) pages++;
  }
  return pages;
}

interface Observed {
  readonly ns: number;
  /** Minor page faults of the process. */
  readonly faults: number;
}

function observe(run: () => void, nowNs: () => number): Observed {
  const { minorPageFault } = process.resourceUsage();
  const startNs = nowNs();
  run();
  const ns = nowNs() - startNs;
  return { ns, faults: process.resourceUsage().minorPageFault - minorPageFault };
}

/** Time and faults by page, from the rounds; no time of a first touch where the pages did not fault. */
export function touchFigures(
  rounds: readonly Observed[],
  pages: number,
  touch: number,
): readonly OperationFigure[] {
  const method = `median and quartiles of ${rounds.length} rounds beside the samples, each on memory of its own`;
  const faults = quartiles(rounds.map((one) => one.faults / pages));
  const isFresh = touch === 2 || faults.value >= FEWEST_FAULTS_A_PAGE;
  return [
    {
      id: 'pageTime',
      label: 'time of a page',
      unit: 'ns',
      estimate: isFresh
        ? { available: true, value: quartiles(rounds.map((one) => one.ns / pages)) }
        : { available: false, reason: 'the driver handed out memory that was touched before' },
      method,
    },
    {
      id: 'pageFaults',
      label: 'page faults per page touched',
      unit: 'ratio',
      estimate: { available: true, value: faults },
      method: `minor page faults of this process (getrusage): 1 where every page faults, 0 where none does, and in between where one fault brings several pages, as with huge pages; ${method}`,
    },
  ];
}

export default defineHostBenchmark({
  name: 'first-touch-cpu',
  summary: 'Writing mapped memory of the device for the first and for the second time, by the CPU',
  category: 'host',
  explanation: {
    method:
      'Memory that the CPU writes to is allocated and mapped anew for every sample, and the CPU sets all of its bytes (memset). With touch=1 that is the first write since the allocation, with touch=2 it was written once before, outside of the time. At least 64 MiB are allocated, whatever is written of them: less a driver may take from what it freed before. The figure of page faults tells whether the memory was fresh.',
    limit:
      'The second touch is the memory bandwidth of one core. The first adds a page fault for every page, in which the kernel finds and clears one: some hundred ns on bare metal. In a guest the fault walks two page tables, and where the hypervisor has not backed the page yet it faults too, which costs some µs; memory that is backed beforehand (hugepages, locked memory, as device passthrough needs it) saves the second. A driver that maps its memory at once shows no first touch.',
    verification:
      'The first and the last byte of every page are looked at after every operation; each writes another value than the one before.',
    sources: ['Intel compute-benchmarks, page_fault'],
  },
  axes: { touch: [1, 2], bytes: [64 * MI] },
  suites: { host: { bytes: [16 * MI] }, full: { bytes: [MI, 16 * MI, 64 * MI, 256 * MI, GI] } },
  requires: ({ touch, bytes }) => oneOf('touch', touch, [1, 2]) ?? multipleOf('bytes', bytes, 4),
  bytes: ({ bytes }) => bytes,
  operation,
});
