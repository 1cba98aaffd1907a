// Where a pipeline that is made again may come from: nowhere, from a VkPipelineCache of the process, from one that was saved
// and loaded again, or from what the driver keeps without being asked.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostContext } from 'guestmark';
import { check, type LogicalDevice, outHandle, struct } from 'guestmark/vulkan';

/** Values of the axis `cache`. */
export const SOURCE = { none: 0, cache: 1, reloaded: 2, driver: 3 } as const;

/** Odd, so that adding it visits every number of 32 bits before one comes again. */
const NEXT = 0x9e3779b9;

/** Numbers that no earlier process has drawn, as far as 32 random bits can say, and none twice. */
export function freshKeys(): () => number {
  let key = randomBytes(4).readUInt32LE();
  return () => {
    key = (key + NEXT) >>> 0;
    return key;
  };
}

/** What saved data was, and how long it took to be of use again. */
interface ReloadedCache {
  readonly bytes: number;
  /** Of reading the file and making the cache of it, in ns, the latest ones. */
  readonly reloadNs: readonly number[];
}

/** The VkPipelineCache to make a pipeline with. */
export interface PipelineSource {
  /** 0n for none. */
  handle(): bigint;
  /** Once the pipeline was made with it for the first time, and its kernel ran. */
  filled(): void;
  /** Before every further pipeline. */
  renew(): void;
  readonly reloaded: () => ReloadedCache | null;
}

/** Opens the source of the axis value `cache`; data is saved in `folder`. */
export function pipelineSource(
  device: LogicalDevice,
  { scope, stamp }: Pick<HostContext, 'scope' | 'stamp'>,
  cache: number,
  folder: string,
): PipelineSource {
  const usesCache = cache === SOURCE.cache || cache === SOURCE.reloaded;
  const nothing = (): void => undefined;
  if (!usesCache) return { handle: () => 0n, filled: nothing, renew: nothing, reloaded: () => null };
  const { commands, handle: owner } = device;
  let handle = createCache(device, null);
  const destroy = (): void => commands.vkDestroyPipelineCache(owner, handle, null);
  scope.defer(() => {
    if (!device.abandoned) destroy();
  });
  if (cache === SOURCE.cache)
    return { handle: () => handle, filled: nothing, renew: nothing, reloaded: () => null };
  const file = join(folder, 'pipelines.bin');
  const reloadNs: number[] = [];
  let bytes = 0;
  const renew = (): void => {
    destroy();
    // Until the next one is there, there is none to destroy.
    handle = 0n;
    const startNs = stamp.nowNs();
    handle = createCache(device, new Uint8Array(readFileSync(file)));
    reloadNs.push(stamp.nowNs() - startNs);
    if (reloadNs.length > MOST_RELOADS) reloadNs.shift();
  };
  const filled = (): void => {
    const data = cacheData(device, handle);
    bytes = data.byteLength;
    writeFileSync(file, data);
    renew();
  };
  return { handle: () => handle, filled, renew, reloaded: () => ({ bytes, reloadNs }) };
}

const MOST_RELOADS = 1024;

function createCache({ commands, handle }: LogicalDevice, data: Uint8Array<ArrayBuffer> | null): bigint {
  const out = outHandle();
  const initial = data === null ? {} : { initialDataSize: data.byteLength, pInitialData: data };
  const info = struct('VkPipelineCacheCreateInfo', initial);
  check('vkCreatePipelineCache', commands.vkCreatePipelineCache(handle, info.memory, null, out.memory));
  return out.value;
}

function cacheData({ commands, handle }: LogicalDevice, cache: bigint): Uint8Array {
  const size = new BigUint64Array(new ArrayBuffer(8));
  const read = (into: ArrayBuffer | null): unknown =>
    check('vkGetPipelineCacheData', commands.vkGetPipelineCacheData(handle, cache, size.buffer, into));
  read(null);
  const data = new Uint8Array(new ArrayBuffer(Number(size[0])));
  read(data.buffer);
  return data.subarray(0, Number(size[0]));
}
