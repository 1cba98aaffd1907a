// A block that the device has no room for: how long it takes to be told so, and what is left of the device.
import {
  allOf,
  compareElements,
  defineHostBenchmark,
  GuestmarkError,
  type HostContext,
  type OperationFigure,
} from 'guestmark';
import { checkAlive, type LogicalDevice, type MemoryTypeInfo, outHandle } from 'guestmark/vulkan';
import { limitAddressSpace } from '../parts/address-space.ts';
import { allocator, freeMemory, isRefusal, memoryTypeFor } from '../parts/device-memory.ts';
import { isMachineMemory, mebibytes } from '../parts/memory-room.ts';
import { stillComputes } from '../parts/still-computes.ts';

const MIB = 2 ** 20;
/** Held while the whole heap is asked for, so that it cannot be given. */
const HELD_BYTES = 64 * MIB;
/** A software device that has lent so many whole heaps refuses nothing. */
const MOST_HEAPS = 4;
/** Of what is asked for: what this process may still map, for everything else in it. */
const SPARE_SHARE = 1 / 2;

/** Where the block is asked for. */
interface Target {
  readonly device: LogicalDevice;
  readonly type: MemoryTypeInfo;
  readonly heapBytes: number;
}

export default defineHostBenchmark({
  name: 'over-allocation',
  summary: 'vkAllocateMemory of more than the device has left, which must be refused',
  category: 'host',
  explanation: {
    method:
      'A block of 64 MiB is held, and one vkAllocateMemory of the size of the whole heap is a sample: valid usage, and more than can be left. A software device only promises memory and would give it again and again, so there the address space of this process is limited meanwhile to half of what is asked for. It is not tried where the heap is shared with this machine by an integrated GPU, whose kernel might end other programs before it refuses; a GPU that lends its whole heap once, beside that block, takes it from this machine and is asked no further.',
    limit:
      'How soon the driver looks at its own books; one that tries to make room first, by moving the memory of other programs, takes far longer. On a software device it is the refusal of the kernel of this machine.',
    verification:
      'Every call is refused with VK_ERROR_OUT_OF_DEVICE_MEMORY or VK_ERROR_OUT_OF_HOST_MEMORY; afterwards the device still computes, a block of the held size is given again, and all is freed.',
    sources: ['GPU-Virt-Bench, ERR', 'Vulkan specification, vkAllocateMemory'],
  },
  axes: {},
  suites: { host: {}, full: {} },
  items: () => 1,
  operation: (_, host) => {
    const device = host.vulkan();
    const type = memoryTypeFor(device, 'device');
    const heapBytes = device.info.memoryHeaps[type.heapIndex]?.bytes ?? 0;
    const target = { device, type, heapBytes };
    const computes = stillComputes(host);
    computes();
    hold(host, target, HELD_BYTES);
    const firstNs = firstRefusal(host, target);
    const call = allocator(device, type, heapBytes);
    const out = outHandle();
    let code = 0;
    let refusals = 0;
    return {
      calls: 1,
      run: () => {
        code = call(out.memory);
      },
      reset: () => {
        if (isRefusal(code)) refusals++;
        else giveBack(target, code, out.value);
      },
      verify: (count) =>
        allOf(compareElements('refusals', [refusals], [count]), computes(), givesAgain(target)),
      figures: () => [firstRefusalFigure(firstNs)],
    };
  },
});

/** Allocates a block until the case ends. */
function hold({ scope }: HostContext, { device, type }: Target, bytes: number): void {
  const out = outHandle();
  checkAlive(device, 'vkAllocateMemory', allocator(device, type, bytes)(out.memory));
  const memory = out.value;
  scope.defer(() => freeMemory(device, memory));
}

/** Asks for the whole heap until it is refused, once; how long the refusal took. */
function firstRefusal(host: HostContext, target: Target): number {
  const { device, type, heapBytes } = target;
  const { software } = device.info;
  if (!software && isMachineMemory(device, type))
    cannotRun('its heap is memory of this machine, which would run out first');
  if (software) limitAddressSpace(host, heapBytes * SPARE_SHARE);
  const call = allocator(device, type, heapBytes);
  const out = outHandle();
  // What a GPU lends beyond its heap is memory of this machine, which must not be asked for more.
  const mostHeaps = software ? MOST_HEAPS : 1;
  for (let heaps = 0; heaps < mostHeaps; heaps++) {
    const startNs = host.stamp.nowNs();
    const code = call(out.memory);
    const ns = host.stamp.nowNs() - startNs;
    if (isRefusal(code)) return ns;
    checkAlive(device, 'vkAllocateMemory', code);
    const memory = out.value;
    if (software) host.scope.defer(() => freeMemory(device, memory));
    else freeMemory(device, memory);
  }
  return cannotRun(
    `the driver has lent ${mostHeaps} times the ${mebibytes(heapBytes)} of the heap, beside what was in use`,
  );
}

function cannotRun(state: string): never {
  throw new GuestmarkError('unsupported', `Cannot run over-allocation: ${state}`);
}

/** A block that should have been refused. */
function giveBack({ device }: Target, code: number, memory: bigint): void {
  checkAlive(device, 'vkAllocateMemory', code);
  freeMemory(device, memory);
}

/** Memory that is there is still given. */
function givesAgain({ device, type }: Target) {
  const out = outHandle();
  const code = allocator(device, type, HELD_BYTES)(out.memory);
  if (code >= 0) freeMemory(device, out.value);
  return compareElements('VkResult of a block that fits', [code], [0]);
}

function firstRefusalFigure(ns: number): OperationFigure {
  return {
    id: 'firstRefusal',
    label: 'first refusal in this process',
    unit: 'ns',
    estimate: { available: true, value: { value: ns, low: ns, high: ns } },
    method: 'one call, timed before the samples',
  };
}
