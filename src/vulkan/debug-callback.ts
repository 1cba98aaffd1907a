// Receives the messages of VK_EXT_debug_utils. Native code calls into JavaScript here and nowhere
// else, so this is where an exception must not escape.
import { createRequire } from 'node:module';
import { viewMemory } from './mapped-view.ts';
import {
  VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT,
  VK_DEBUG_UTILS_MESSAGE_SEVERITY_INFO_BIT_EXT,
  VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT,
  VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT,
  VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT,
} from './registry/constants.ts';
import { structTable } from './registry/structs.ts';
import { readStruct } from './struct.ts';

const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');

/** A message of the validation layer, the loader or the driver. */
export interface DebugMessage {
  readonly severity: 'verbose' | 'info' | 'warning' | 'error';
  readonly type: 'general' | 'validation' | 'performance';
  /** The rule that was broken, such as `VUID-VkBufferCreateInfo-size-00912`; empty where there is none. */
  readonly id: string;
  readonly text: string;
}

const OUT_OF_MEMORY = /\bVK_ERROR_OUT_OF_(HOST|DEVICE)_MEMORY\b/;

/**
 * Whether a message tells of a fault of this program. Loaders and drivers also warn of their own configuration, and say
 * that memory ran out when they return that code: whoever asked for the memory gets the code, and judges it.
 */
export function isFault({ type, severity, text }: DebugMessage): boolean {
  if (type === 'validation') return true;
  return severity === 'error' && !(type === 'general' && OUT_OF_MEMORY.test(text));
}

/** A callback that native code can call. Disposing it is only safe once no messenger uses it. */
export interface DebugCallback extends Disposable {
  /** For VkDebugUtilsMessengerCreateInfoEXT::pfnUserCallback. */
  readonly address: bigint;
  /**
   * The first error that the listener threw, or undefined: it cannot pass through native code, so whoever
   * disposes the callback must ask.
   */
  readonly listenerError: unknown;
}

const VK_FALSE = 0;

/** koffi gives an address as a number where it fits one exactly, null included. */
type Address = number | bigint;

type NativeCallback = (severity: number, types: number, data: Address, user: Address) => number;

// koffi never frees a type: one for all callbacks.
let callbackType: ReturnType<typeof koffi.pointer> | undefined;

/**
 * Registers `listener` for messages. A message that cannot be read is not dropped: the listener gets an error
 * that says so in its place. It runs inside the Vulkan call that caused the message; a message
 * from another thread waits until the event loop is free.
 */
export function debugCallback(listener: (message: DebugMessage) => void): DebugCallback {
  let listenerError: unknown;
  const receive: NativeCallback = (severity, types, data) => {
    try {
      listener(decodeOrSay(severity, types, data));
    } catch (error) {
      listenerError ??= error;
    }
    // VK_TRUE would make the call that caused the message fail.
    return VK_FALSE;
  };
  callbackType ??= koffi.pointer(koffi.proto('uint32_t', ['uint32_t', 'uint32_t', 'uintptr_t', 'uintptr_t']));
  const address = koffi.register(receive, callbackType);
  return {
    address,
    get listenerError() {
      return listenerError;
    },
    [Symbol.dispose]: () => koffi.unregister(address),
  };
}

function decodeOrSay(severity: number, types: number, data: Address): DebugMessage {
  try {
    return decode(severity, types, data);
  } catch (error) {
    const state = error instanceof Error ? error.message : String(error);
    const text = `Cannot decode a message of the validation layer: ${state}`;
    return { severity: 'error', type: 'validation', id: '', text };
  }
}

/** Copies what the message consists of: its memory ends with the call. */
function decode(severity: number, types: number, data: Address): DebugMessage {
  const name = 'VkDebugUtilsMessengerCallbackDataEXT';
  const memory = viewMemory(BigInt(data), structTable[name].size);
  const { pMessageIdName, pMessage } = readStruct({ name, memory });
  return {
    severity: severityOf(severity),
    type: typeOf(types),
    id: stringAt(pMessageIdName),
    text: stringAt(pMessage),
  };
}

function stringAt(address: bigint): string {
  return address === 0n ? '' : koffi.decode.string(address);
}

function severityOf(bits: number): DebugMessage['severity'] {
  if ((bits & VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT) !== 0) return 'error';
  if ((bits & VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT) !== 0) return 'warning';
  return (bits & VK_DEBUG_UTILS_MESSAGE_SEVERITY_INFO_BIT_EXT) !== 0 ? 'info' : 'verbose';
}

function typeOf(bits: number): DebugMessage['type'] {
  if ((bits & VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT) !== 0) return 'validation';
  return (bits & VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT) !== 0 ? 'performance' : 'general';
}
