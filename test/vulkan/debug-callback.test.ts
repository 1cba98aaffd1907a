import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { type DebugMessage, debugCallback, isFault } from '../../src/vulkan/debug-callback.ts';
import * as vk from '../../src/vulkan/registry/constants.ts';
import { outHandle, struct } from '../../src/vulkan/struct.ts';
import { deviceInfo, obstacle, rawInstance } from './raw-vulkan.ts';

const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');

const missing = obstacle();
if (missing !== undefined) console.warn(`debug-callback.test.ts is skipped: ${missing}`);

/** Has the loader complain about an unknown device extension, `times` times. */
function provoke(
  listener: (message: DebugMessage) => void,
  times: number,
): { thrown: unknown; results: number[] } {
  const { commands, instance, physicalDevice, scope } = rawInstance('koffi', true);
  using callback = debugCallback(listener);
  const info = struct('VkDebugUtilsMessengerCreateInfoEXT', {
    messageSeverity: vk.VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT,
    messageType: vk.VK_DEBUG_UTILS_MESSAGE_TYPE_GENERAL_BIT_EXT,
    pfnUserCallback: callback.address,
  });
  const out = outHandle();
  commands.vkCreateDebugUtilsMessengerEXT(instance, info.memory, null, out.memory);
  const messenger = out.value;
  const bad = deviceInfo(['VK_GUESTMARK_no_such_extension']);
  const results = Array.from({ length: times }, () =>
    commands.vkCreateDevice(physicalDevice, bad, null, out.memory),
  );
  commands.vkDestroyDebugUtilsMessengerEXT(instance, messenger, null);
  scope[Symbol.dispose]();
  return { thrown: callback.listenerError, results };
}

it.skipIf(missing)('debugCallback() hands over severity, type, id and text', () => {
  const messages: DebugMessage[] = [];
  const { thrown } = provoke((message) => messages.push(message), 1);
  expect(thrown).toBeUndefined();
  expect(messages[0]).toEqual({
    severity: 'error',
    type: 'general',
    id: 'Loader Message',
    text: expect.stringContaining('VK_GUESTMARK_no_such_extension not supported') as string,
  });
});

it.skipIf(missing)(
  'debugCallback() survives a listener that throws, keeps the first error and goes on calling',
  () => {
    let calls = 0;
    const { thrown, results } = provoke(() => {
      calls++;
      throw new Error(`call ${calls}`);
    }, 3);
    expect(thrown).toEqual(new Error('call 1'));
    expect(calls).toBeGreaterThanOrEqual(3);
    expect(results).toEqual([-7, -7, -7]);
  },
);

it('debugCallback() gives an error in place of a message that it cannot read', () => {
  const messages: DebugMessage[] = [];
  using callback = debugCallback((message) => messages.push(message));
  const signature = koffi.proto('uint32_t', ['uint32_t', 'uint32_t', 'uintptr_t', 'uintptr_t']);
  const call = koffi.decode(callback.address, signature) as (...parameters: (number | bigint)[]) => number;
  // No data at all: what a driver would have to break to send it, and the one thing that is safe to try.
  const result = call(
    vk.VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT,
    vk.VK_DEBUG_UTILS_MESSAGE_TYPE_GENERAL_BIT_EXT,
    0n,
    0n,
  );
  expect(result).toBe(0);
  expect(callback.listenerError).toBeUndefined();
  expect(messages).toEqual([
    {
      severity: 'error',
      type: 'validation',
      id: '',
      text: expect.stringMatching(/^Cannot decode a message of the validation layer: ./) as string,
    },
  ]);
});

it('debugCallback() can be made and disposed more often than koffi has room for at once', () => {
  for (let i = 0; i < 20_000; i++) debugCallback(() => undefined)[Symbol.dispose]();
  using last = debugCallback(() => undefined);
  expect(last.address).toBeGreaterThan(0n);
});

it.each([
  ['validation', 'warning', 'a rule was broken', true],
  ['validation', 'error', 'VK_ERROR_OUT_OF_DEVICE_MEMORY', true],
  ['general', 'error', 'the loader cannot read a driver', true],
  ['general', 'warning', 'a setting of the driver', false],
  ['general', 'error', 'VK_ERROR_OUT_OF_DEVICE_MEMORY', false],
  ['performance', 'warning', 'slow', false],
] as const)('isFault() of a %s message of severity %s, "%s", is %s', (type, severity, text, fault) => {
  expect(isFault({ type, severity, id: '', text })).toBe(fault);
});
