// A VkInstance with its optional validation: the first thing a Vulkan program creates and the last it
// destroys. Knows nothing of devices.
import { GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import type { VulkanBinding } from './binding.ts';
import { type DebugMessage, debugCallback } from './debug-callback.ts';
import { enumerateNames } from './enumerate.ts';
import type { InstanceCommands } from './registry/commands.ts';
import {
  VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT,
  VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT,
  VK_DEBUG_UTILS_MESSAGE_TYPE_GENERAL_BIT_EXT,
  VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT,
  VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT,
  VK_INSTANCE_CREATE_ENUMERATE_PORTABILITY_BIT_KHR,
} from './registry/constants.ts';
import { outHandle, type Struct, struct } from './struct.ts';
import { makeVersion, versionParts } from './version.ts';
import { check, VulkanError } from './vulkan-error.ts';

const VALIDATION_LAYER = 'VK_LAYER_KHRONOS_validation';
const DEBUG_UTILS = 'VK_EXT_debug_utils';
const PORTABILITY = 'VK_KHR_portability_enumeration';
/** Device extensions with commands on the physical device: callable wherever the device lists them. */
const PHYSICAL_DEVICE_EXTENSIONS = ['VK_EXT_calibrated_timestamps'];
/** The newest version whose rules this program was written and validated against. */
const NEWEST_API_VERSION = makeVersion(1, 3, 0);

/** What to switch on in an instance. */
export interface InstanceOptions {
  readonly validate?: boolean;
  /** Called for every message of the validation layer; without it messages are dropped. */
  readonly onMessage?: (message: DebugMessage) => void;
}

/**
 * A live VkInstance. Disposing destroys it, and throws what the listener of messages threw first, if it did.
 */
export interface Instance extends Disposable {
  readonly binding: VulkanBinding;
  readonly handle: bigint;
  readonly commands: InstanceCommands;
  /** The version that was asked for: what devices may be used up to. */
  readonly apiVersion: number;
  /** What it was opened with, and what vkCreateInstance took: another like it can be made. */
  readonly options: InstanceOptions;
  readonly createInfo: Struct<'VkInstanceCreateInfo'>;
  /** Those whose commands are loaded. */
  readonly extensions: readonly string[];
  /** Leaves the instance alive when it is disposed: it must not be destroyed under an abandoned device. */
  abandon(): void;
}

/**
 * Creates a VkInstance for the newest Vulkan version that both the loader and this program know.
 *
 * @throws GuestmarkError (environment) where no driver is installed or the validation layer is missing.
 */
export function createInstance(binding: VulkanBinding, options: InstanceOptions = {}): Instance {
  return Scope.open((scope) => openInstance(binding, options, scope));
}

function openInstance(binding: VulkanBinding, options: InstanceOptions, scope: Scope): Instance {
  const validate = options.validate === true;
  const offered = enumerateNames(binding, 'instance-extensions');
  const extensions = [
    ...(validate ? [DEBUG_UTILS] : []),
    ...(offered.includes(PORTABILITY) ? [PORTABILITY] : []),
  ];
  const layers = validate ? [requireLayer(binding)] : [];
  const apiVersion = supportedVersion(binding);
  const messenger = validate ? messengerInfo(options.onMessage, scope) : null;
  const handle = outHandle();
  const info = struct('VkInstanceCreateInfo', {
    // Chained here too, so that messages of vkCreateInstance itself are heard.
    pNext: messenger,
    flags: offered.includes(PORTABILITY) ? VK_INSTANCE_CREATE_ENUMERATE_PORTABILITY_BIT_KHR : 0,
    pApplicationInfo: struct('VkApplicationInfo', {
      pApplicationName: 'guestmark',
      pEngineName: 'guestmark',
      apiVersion,
    }),
    enabledLayerCount: layers.length,
    ppEnabledLayerNames: layers,
    enabledExtensionCount: extensions.length,
    ppEnabledExtensionNames: extensions,
  });
  create(binding, info, handle.memory);
  const instance = handle.value;
  const callable = [...extensions, ...PHYSICAL_DEVICE_EXTENSIONS];
  const commands = binding.loadInstance(instance, callable);
  scope.defer(() => commands.vkDestroyInstance(instance, null));
  if (messenger !== null) attachMessenger(commands, instance, messenger, scope);
  let abandoned = false;
  return {
    binding,
    handle: instance,
    commands,
    apiVersion,
    options,
    createInfo: info,
    extensions: callable,
    abandon: () => {
      abandoned = true;
    },
    [Symbol.dispose]: () => {
      if (!abandoned) scope[Symbol.dispose]();
    },
  };
}

function create(binding: VulkanBinding, info: Struct<'VkInstanceCreateInfo'>, out: ArrayBuffer): void {
  try {
    check('vkCreateInstance', binding.global.vkCreateInstance(info.memory, null, out));
  } catch (error) {
    if (!(error instanceof VulkanError) || error.result !== 'VK_ERROR_INCOMPATIBLE_DRIVER') throw error;
    throw new GuestmarkError(
      'environment',
      'Cannot create a Vulkan instance: no usable Vulkan driver is installed',
      {
        hint: 'install the driver of your GPU, or run `guestmark setup` for a software device',
        cause: error,
      },
    );
  }
}

function requireLayer(binding: VulkanBinding): string {
  if (enumerateNames(binding, 'instance-layers').includes(VALIDATION_LAYER)) return VALIDATION_LAYER;
  throw new GuestmarkError('environment', `Cannot validate: the layer ${VALIDATION_LAYER} is not installed`, {
    hint: 'install it (Debian: apt-get install vulkan-validationlayers) or leave out --validate',
  });
}

/** A loader without vkEnumerateInstanceVersion is a Vulkan 1.0 loader; ours then asks for 1.0. */
function supportedVersion(binding: VulkanBinding): number {
  const version = new Uint32Array(1);
  try {
    check(
      'vkEnumerateInstanceVersion',
      binding.global.vkEnumerateInstanceVersion(version.buffer as ArrayBuffer),
    );
  } catch (error) {
    if (error instanceof GuestmarkError && error.code === 'unsupported') return makeVersion(1, 0, 0);
    throw error;
  }
  const { major, minor } = versionParts(version[0] as number);
  return Math.min(makeVersion(major, minor, 0), NEWEST_API_VERSION);
}

type Messenger = Struct<'VkDebugUtilsMessengerCreateInfoEXT'>;

function messengerInfo(listener: InstanceOptions['onMessage'], scope: Scope): Messenger {
  const callback = scope.use(debugCallback(listener ?? (() => undefined)));
  scope.defer(() => {
    if (callback.listenerError !== undefined) throw callback.listenerError;
  });
  return struct('VkDebugUtilsMessengerCreateInfoEXT', {
    messageSeverity:
      VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT,
    messageType:
      VK_DEBUG_UTILS_MESSAGE_TYPE_GENERAL_BIT_EXT |
      VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT |
      VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT,
    pfnUserCallback: callback.address,
  });
}

function attachMessenger(commands: InstanceCommands, instance: bigint, info: Messenger, scope: Scope): void {
  const messenger = outHandle();
  const code = commands.vkCreateDebugUtilsMessengerEXT(instance, info.memory, null, messenger.memory);
  check('vkCreateDebugUtilsMessengerEXT', code);
  const handle = messenger.value;
  scope.defer(() => commands.vkDestroyDebugUtilsMessengerEXT(instance, handle, null));
}
