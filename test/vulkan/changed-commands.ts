// Devices whose commands fail or are counted: what a driver does to a program, without such a driver.
import type { Instance } from '../../src/vulkan/instance.ts';
import { createInstance } from '../../src/vulkan/instance.ts';
import { openBinding } from '../../src/vulkan/open-binding.ts';
import { listPhysicalDevices, type PhysicalDevice } from '../../src/vulkan/physical-device.ts';
import type { DeviceCommands } from '../../src/vulkan/registry/commands.ts';

/** What a command does instead; `original` is the driver's. */
export type Change = (original: (...parameters: unknown[]) => unknown, parameters: unknown[]) => unknown;

/** What to change, by command. */
export type Changes = Partial<Record<keyof DeviceCommands, Change>>;

/** An instance, lavapipe, and how often its device's commands were called. */
export interface ChangedInstance extends Disposable {
  readonly instance: Instance;
  readonly lavapipe: PhysicalDevice;
  calls(command: keyof DeviceCommands): number;
  /** Commands called so far that free or destroy something. */
  freed(): readonly string[];
}

/** Opens an instance whose devices have these changed commands. */
export function changedInstance(changes: Changes): ChangedInstance {
  const instance = createInstance(openBinding('auto'));
  const counts = new Map<string, number>();
  const loadDevice: Instance['binding']['loadDevice'] = (handle, extensions) => {
    const commands = Object.entries(instance.binding.loadDevice(handle, extensions)).map(
      ([name, original]) => {
        const change = changes[name as keyof DeviceCommands];
        const changed = (...parameters: unknown[]): unknown => {
          counts.set(name, (counts.get(name) ?? 0) + 1);
          const call = original as (...parameters: unknown[]) => unknown;
          return change === undefined ? call(...parameters) : change(call, parameters);
        };
        return [name, changed];
      },
    );
    return Object.fromEntries(commands) as DeviceCommands;
  };
  const [lavapipe] = listPhysicalDevices(instance).filter(({ info }) => info.software);
  if (lavapipe === undefined) throw new Error('lavapipe is missing');
  return {
    instance: { ...instance, binding: { ...instance.binding, loadDevice } },
    lavapipe,
    calls: (command) => counts.get(command) ?? 0,
    freed: () => [...counts.keys()].filter((name) => /^vk(Free|Destroy)/.test(name)).sort(),
    [Symbol.dispose]: () => instance[Symbol.dispose](),
  };
}

/** Returns `code` the first `times` times, and calls the driver after. */
export function failing(code: number, times: number = Number.POSITIVE_INFINITY): Change {
  let calls = 0;
  return (original, parameters) => (++calls <= times ? code : original(...parameters));
}
