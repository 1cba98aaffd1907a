// What every binding must do, run on a real device with the validation layer watching: the same
// program, the same results, no message.
import { afterEach, describe } from 'vitest';
import type { BindingName } from '../../src/vulkan/binding.ts';
import { loadNvk } from '../../src/vulkan/nvk-module.ts';
import { computeTests } from './binding-compute.contract.ts';
import { clockTests, deviceTests } from './binding-device.contract.ts';
import { instanceTests } from './binding-instance.contract.ts';
import { obstacle, type RawDevice, type RawInstance, rawDevice, rawInstance } from './raw-vulkan.ts';

/** Declares the contract's tests for one binding. */
export function describeVulkanBinding(name: BindingName): void {
  const nvk = loadNvk();
  const missing = obstacle() ?? (name === 'nvk' && !nvk.available ? nvk.reason : undefined);
  if (missing !== undefined) console.warn(`the contract of ${name} is skipped: ${missing}`);
  describe.skipIf(missing)(`openBinding('${name}')`, () => {
    let open: RawInstance[] = [];
    const openInstance = (validate = false, binding: BindingName = name): RawInstance => {
      const instance = rawInstance(binding, validate);
      open.push(instance);
      return instance;
    };
    const openDevice = (extensions: readonly string[] = [], hostReset = false): RawDevice =>
      rawDevice(openInstance(true), extensions, hostReset);
    const close = (): void => {
      for (const { scope } of open) scope[Symbol.dispose]();
      open = [];
    };
    afterEach(close);
    instanceTests(name, openInstance);
    deviceTests(openInstance, openDevice, close);
    computeTests(openDevice, close);
    clockTests(openDevice);
  });
}
