// The benchmarks of submission beyond their smallest case: every form and kind is right on lavapipe, and a driver that drops
// what they are about is noticed.
import { afterAll, describe, expect, it } from 'vitest';
import type { DebugMessage } from '../../../src/vulkan/debug-callback.ts';
import { type OpenedDevice, openDevice } from '../../../src/vulkan/open-device.ts';
import type { DeviceCommands } from '../../../src/vulkan/registry/commands.ts';
import { openVulkanDevice } from '../../../src/vulkan/vulkan-device.ts';
import { type Change, changedInstance } from '../../vulkan/changed-commands.ts';
import { casesOf } from '../on-device.ts';
import { verifyOperationOn } from '../operation-on-device.ts';

const hasLayer = !(process.env.GUESTMARK_MISSING_TEST_TOOLS ?? '').includes('validation-layer');

const CASES = [
  ...[1, 2, 3].map((form) => `submit-rate[count=4,form=${form}]`),
  ...[0, 1, 2, 3, 4].map((kind) => `dispatches[count=5,kind=${kind}]`),
  ...[0, 1, 2, 3, 4].map((kind) => `record-dispatches[count=5,kind=${kind}]`),
  'semaphore-chain[count=3]',
  'event-device[count=3]',
  'descriptor-update[count=3]',
];

function caseOf(selector: string) {
  const [one] = casesOf(selector);
  if (one === undefined) throw new Error(`${selector} selects no case`);
  return one;
}

describe('the cases', () => {
  const messages: DebugMessage[] = [];
  const opened = openDevice({
    match: 'llvmpipe',
    validate: hasLayer,
    onMessage: (message) => messages.push(message),
  });
  afterAll(() => opened[Symbol.dispose]());

  it.each(CASES)('%s is right', async (selector) => {
    expect(await verifyOperationOn(opened, caseOf(selector))).toMatchObject({ status: 'ok' });
    expect(messages).toEqual([]);
  });
});

/** Calls the driver the first `times` times only. */
function onlyFirst(times: number): Change {
  let calls = 0;
  return (original, parameters) => (++calls <= times ? original(...parameters) : undefined);
}

const DROPPED: readonly (readonly [string, keyof DeviceCommands, number])[] = [
  ['dispatches[count=5,kind=0]', 'vkCmdDispatch', 4],
  ['dispatches[count=5,kind=2]', 'vkCmdPushConstants', 1],
  ['dispatches[count=5,kind=3]', 'vkCmdBindDescriptorSets', 1],
  ['dispatches[count=5,kind=4]', 'vkCmdDispatchIndirect', 4],
  ['record-dispatches[count=5,kind=2]', 'vkCmdPushConstants', 1],
  ['submit-rate[count=4,form=3]', 'vkCmdDispatch', 3],
  ['semaphore-chain[count=3]', 'vkCmdDispatch', 2],
  // The first writes the set when it is made.
  ['descriptor-update[count=1]', 'vkUpdateDescriptorSets', 1],
  ['event-device[count=3]', 'vkCmdSetEvent', 0],
  ['event-host', 'vkCmdDispatch', 0],
  ['event-host', 'vkResetEvent', 0],
];

describe('a driver that drops a command', () => {
  it.each(DROPPED)('of %s, %s after %i times, is noticed', async (selector, command, times) => {
    // A wait for an event that is not set would never end.
    const besides: Partial<Record<string, Change>> =
      command === 'vkCmdSetEvent' ? { vkCmdWaitEvents: onlyFirst(0) } : {};
    using changed = changedInstance({ ...besides, [command]: onlyFirst(times) });
    const device = openVulkanDevice(changed.instance, changed.lavapipe);
    const opened = { device, opening: null as never } as unknown as OpenedDevice;
    try {
      expect(await verifyOperationOn(opened, caseOf(selector))).toMatchObject({ status: 'wrong' });
    } finally {
      device[Symbol.dispose]();
    }
  });
});
