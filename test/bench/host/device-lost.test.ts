// What this program does when a device is lost under a host benchmark. lavapipe is never lost, so a command says it in its
// place: the case fails at the first call that says so, what was measured before is kept, and nothing is called after.
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../src/suite/case-id.ts';
import { runCase } from '../../../src/suite/run-case.ts';
import type { DeviceCommands } from '../../../src/vulkan/registry/commands.ts';
import { VK_ERROR_DEVICE_LOST } from '../../../src/vulkan/registry/constants.ts';
import { openVulkanDevice } from '../../../src/vulkan/vulkan-device.ts';
import { world } from '../../suite/simulated-world.ts';
import { type Change, changedInstance } from '../../vulkan/changed-commands.ts';
import { casesOf } from '../on-device.ts';

/** More than the warm-up takes, so that there are samples to keep. */
const CALLS_BEFORE_LOSS = 11_000;

function lostAfter(times: number): Change {
  let calls = 0;
  return (original, parameters) => (++calls <= times ? original(...parameters) : VK_ERROR_DEVICE_LOST);
}

function onlyCase(name: string): Case {
  return casesOf(name)[0] as Case;
}

async function runUntilLost(command: keyof DeviceCommands) {
  const changed = changedInstance({ [command]: lostAfter(CALLS_BEFORE_LOSS) });
  const device = openVulkanDevice(changed.instance, changed.lavapipe);
  const { session } = world({}, { device });
  const result = await runCase(session, onlyCase('zero-submit'));
  return { changed, device, result };
}

describe('a device that is lost under a host benchmark', () => {
  it.each(['vkQueueSubmit', 'vkWaitForFences', 'vkResetFences'] as const)(
    'fails its case when %s says so, with the samples so far',
    async (command) => {
      const { changed, device, result } = await runUntilLost(command);
      expect(result.status).toBe('failed');
      expect(result.failure?.message).toContain(`${command}: the driver returned VK_ERROR_DEVICE_LOST`);
      expect(result.samples?.wallNs.length).toBeGreaterThan(0);
      // Detected by the first call that could tell.
      expect(changed.calls(command)).toBe(CALLS_BEFORE_LOSS + 1);
      expect(device.usable).toBe(false);
      device[Symbol.dispose]();
      expect(changed.freed()).toEqual([]);
    },
  );
});

describe('device-lost', () => {
  it('is skipped with its reason, and leaves the device alone', async () => {
    using changed = changedInstance({});
    using device = openVulkanDevice(changed.instance, changed.lavapipe);
    const { session } = world({}, { device });
    const result = await runCase(session, onlyCase('device-lost'));
    expect(result).toMatchObject({
      status: 'skipped',
      skipReason: expect.stringContaining('healthy device'),
    });
    expect(changed.calls('vkQueueSubmit')).toBe(0);
    expect(device.usable).toBe(true);
  });
});
