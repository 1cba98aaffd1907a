// Instances beside that of the session, made of the same parts: how long one takes can only be seen where one is made.
import { check, type LogicalDevice, outHandle, readStruct, struct } from 'guestmark/vulkan';

type Instance = LogicalDevice['instance'];
type Commands = Instance['commands'];

/** The commands of another instance, which the loader may have given it alone. */
export function commandsOf({ binding, extensions }: Instance, handle: bigint): Commands {
  return binding.loadInstance(handle, extensions);
}

/** Names of the devices, sorted: two instances may list them in another order. */
export function deviceNames(commands: Commands, devices: readonly bigint[]): readonly string[] {
  const properties = struct('VkPhysicalDeviceProperties', {});
  return devices
    .map((device) => {
      commands.vkGetPhysicalDeviceProperties(device, properties.memory);
      return readStruct(properties).deviceName;
    })
    .sort();
}

/** The devices that an instance lists; the first such call starts the drivers. */
export function listedDevices(commands: Commands, instance: bigint): readonly bigint[] {
  const count = new Uint32Array(new ArrayBuffer(4));
  const into = count.buffer;
  check('vkEnumeratePhysicalDevices', commands.vkEnumeratePhysicalDevices(instance, into, null));
  const devices = new BigUint64Array(new ArrayBuffer(8 * (count[0] as number)));
  check('vkEnumeratePhysicalDevices', commands.vkEnumeratePhysicalDevices(instance, into, devices.buffer));
  return [...devices.subarray(0, count[0])];
}

/** Makes an instance as the session's was made. */
export function createOther({ binding, createInfo }: Instance): bigint {
  const out = outHandle();
  check('vkCreateInstance', binding.global.vkCreateInstance(createInfo.memory, null, out.memory));
  return out.value;
}
