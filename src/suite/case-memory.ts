// Whether the memory that a case takes is there, on the device and in this process: found out before anything is
// created, because a driver that runs out of memory may take the process or the machine with it. Pure.
import { constants } from 'node:buffer';
import { GuestmarkError } from '../base/errors.ts';
import { formatBytes } from '../base/units.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import type { AxisPoint, Benchmark } from './benchmark.ts';
import { type Case, makeCase } from './case-id.ts';
import { type SizedBinding, sizeBindings } from './sized-bindings.ts';

/** What there is. */
export interface MemoryLimits {
  readonly device: Pick<DeviceInfo, 'memoryHeaps' | 'software'>;
  /** What the user allows the buffers to take; null for 3/4 of the largest heap. */
  readonly limitBytes: number | null;
  /** Available to this process. */
  readonly availableBytes: number;
}

/** What a case keeps of its bindings in this process besides the initial contents. */
export interface KeptOutputs {
  /** Names of what an iteration writes. */
  readonly written: readonly string[];
  /** How many copies of those are held at once. */
  readonly copies: number;
}

/** Leaves room for what else is on the device, such as a desktop, and for what the driver adds to each buffer. */
export const SHARE_OF_HEAP: number = 3 / 4;

/** @throws GuestmarkError (unsupported) naming what the case takes, what there is, and the axes to lower. */
export function checkMemory(
  one: Case,
  bindings: readonly SizedBinding[],
  kept: KeptOutputs,
  limits: MemoryLimits,
): void {
  const deviceBytes = sum(bindings, ({ bytes, plan }) => bytes + (plan.guardBytes ?? 0));
  checkDevice(one, deviceBytes, limits);
  const largest = bindings.find(({ bytes }) => bytes > constants.MAX_LENGTH);
  if (largest !== undefined) {
    const most = formatBytes(constants.MAX_LENGTH);
    cannotFit(
      one,
      `"${largest.name}" takes ${formatBytes(largest.bytes)} and Node.js holds at most ${most} in one array`,
    );
  }
  const own = ownBytes(bindings, kept) + (limits.device.software ? deviceBytes : 0);
  if (own <= limits.availableBytes) return;
  const [needed, there] = [formatBytes(own), formatBytes(limits.availableBytes)];
  cannotFit(
    one,
    `with its inputs and outputs it takes ${needed} of this machine's memory and ${there} are available`,
  );
}

function checkDevice(one: Case, deviceBytes: number, { device, limitBytes }: MemoryLimits): void {
  const heapBytes = largestHeapBytes(device);
  const take = `its buffers take ${formatBytes(deviceBytes)}`;
  if (deviceBytes > heapBytes)
    cannotFit(one, `${take} and the device's largest memory heap has ${formatBytes(heapBytes)}`);
  const allowed = limitBytes ?? SHARE_OF_HEAP * heapBytes;
  if (deviceBytes <= allowed) return;
  const why = limitBytes === null ? `, 3/4 of the device's largest memory heap` : '';
  cannotFit(one, `${take} and the limit is ${formatBytes(allowed)}${why}`, 'raise --memory-limit');
}

/** Bytes of the largest device-local heap; of the largest at all where the device calls none its own. */
function largestHeapBytes({ memoryHeaps }: MemoryLimits['device']): number {
  const local = memoryHeaps.filter(({ deviceLocal }) => deviceLocal);
  return Math.max(0, ...(local.length > 0 ? local : memoryHeaps).map(({ bytes }) => bytes));
}

/** Contents that are all zero take no memory until they are written, and inputs never are. */
function ownBytes(bindings: readonly SizedBinding[], { written, copies }: KeptOutputs): number {
  const isFilled = ({ plan }: SizedBinding): boolean => (plan.fill ?? 'zero') !== 'zero';
  const inputs = sum(bindings.filter(isFilled), ({ bytes }) => bytes);
  const outputs = sum(
    bindings.filter(({ name }) => written.includes(name)),
    ({ bytes }) => bytes,
  );
  return inputs + copies * outputs;
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}

/** The axes whose half takes less memory; all of them where that can be said of none. */
function sizeAxes({ benchmark, axes }: Case): readonly string[] {
  const names = Object.keys(benchmark.axes);
  const bytes = bytesAt(benchmark, axes);
  const sizes = names.filter(
    (axis) => bytesAt(benchmark, { ...axes, [axis]: (axes[axis] as number) / 2 }) < bytes,
  );
  return sizes.length === 0 ? names : sizes;
}

/** NaN where such a case makes no sense. */
function bytesAt(benchmark: Benchmark, axes: AxisPoint): number {
  try {
    return sum(sizeBindings(makeCase(benchmark, axes)), ({ bytes }) => bytes);
  } catch {
    return Number.NaN;
  }
}

function cannotFit(one: Case, state: string, otherwise?: string): never {
  const axes = sizeAxes(one);
  const lower = axes.length === 1 ? `lower the axis ${axes[0]}` : `lower one of the axes ${axes.join(', ')}`;
  const hints = [...(axes.length === 0 ? [] : [lower]), ...(otherwise === undefined ? [] : [otherwise])];
  const hint = hints.length === 0 ? 'a machine or device with more memory may take it' : hints.join(', or ');
  throw new GuestmarkError('unsupported', `Cannot run ${one.id}: ${state}`, { hint });
}
