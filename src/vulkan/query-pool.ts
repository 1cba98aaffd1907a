// Two timestamps around a submission. The counter's valid bits are masked here; turning ticks into
// nanoseconds is the timing module's business.

import { type Available, available, unavailable } from '../base/availability.ts';
import { checkAlive } from './check-alive.ts';
import type { DeviceTicks } from './compute-device.ts';
import type { LogicalDevice } from './logical-device.ts';
import {
  VK_NOT_READY,
  VK_PIPELINE_STAGE_BOTTOM_OF_PIPE_BIT,
  VK_PIPELINE_STAGE_TOP_OF_PIPE_BIT,
  VK_QUERY_RESULT_64_BIT,
  VK_QUERY_TYPE_TIMESTAMP,
} from './registry/constants.ts';
import { outHandle, struct } from './struct.ts';

/** A pool of two timestamp queries. Disposing destroys it. */
export interface TimestampPair extends Disposable {
  /** Makes the queries writable again: from the CPU where the device can, else it is recorded. */
  reset(): void;
  /** Records the reset, where the CPU cannot do it. */
  recordReset(commandBuffer: bigint): void;
  recordBegin(commandBuffer: bigint): void;
  recordEnd(commandBuffer: bigint): void;
  read(): Available<DeviceTicks>;
}

/** Creates the pool, or says why the queue has no timestamps. */
export function createTimestampPair(device: LogicalDevice): Available<TimestampPair> {
  const bits = device.family.timestampValidBits;
  if (bits === 0)
    return unavailable(`queue family ${device.family.index} has no timestamps (timestampValidBits is 0)`);
  const { commands, handle: owner } = device;
  const info = struct('VkQueryPoolCreateInfo', { queryType: VK_QUERY_TYPE_TIMESTAMP, queryCount: 2 });
  const out = outHandle();
  checkAlive(device, 'vkCreateQueryPool', commands.vkCreateQueryPool(owner, info.memory, null, out.memory));
  const pool = out.value;
  device.resetQueries?.(pool, 0, 2);
  return available({
    reset: () => device.resetQueries?.(pool, 0, 2),
    recordReset: (commandBuffer) => {
      if (device.resetQueries === null) commands.vkCmdResetQueryPool(commandBuffer, pool, 0, 2);
    },
    recordBegin: (commandBuffer) =>
      commands.vkCmdWriteTimestamp(commandBuffer, VK_PIPELINE_STAGE_TOP_OF_PIPE_BIT, pool, 0),
    recordEnd: (commandBuffer) =>
      commands.vkCmdWriteTimestamp(commandBuffer, VK_PIPELINE_STAGE_BOTTOM_OF_PIPE_BIT, pool, 1),
    read: () => readTicks(device, pool, bits),
    [Symbol.dispose]: () => {
      if (!device.abandoned) commands.vkDestroyQueryPool(owner, pool, null);
    },
  });
}

function readTicks(device: LogicalDevice, pool: bigint, bits: number): Available<DeviceTicks> {
  const ticks = new BigUint64Array(2);
  const memory = ticks.buffer as ArrayBuffer;
  const code = device.commands.vkGetQueryPoolResults(
    device.handle,
    pool,
    0,
    2,
    16,
    memory,
    8,
    VK_QUERY_RESULT_64_BIT,
  );
  checkAlive(device, 'vkGetQueryPoolResults', code);
  if (code === VK_NOT_READY) return unavailable('the device has not written its timestamps');
  const mask = (1n << BigInt(bits)) - 1n;
  return available({ begin: (ticks[0] as bigint) & mask, end: (ticks[1] as bigint) & mask });
}
