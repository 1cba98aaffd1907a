// Finds and opens the Vulkan loader. The only place that knows its file names and the two commands
// from which all others are obtained.
import { createRequire } from 'node:module';
import { GuestmarkError } from '../base/errors.ts';

const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');

/** Names another loader library than the system's, for machines that keep it elsewhere. */
export const LIBRARY_VARIABLE = 'GUESTMARK_VULKAN_LIBRARY';

/** The open loader. Addresses are 0n for a command that it does not have. */
export interface LoaderLibrary {
  /** As given to the dynamic linker. */
  readonly name: string;
  /** vkGetInstanceProcAddr; instance 0n for global commands. */
  instanceAddress(instance: bigint, command: string): bigint;
  /** vkGetDeviceProcAddr: past the loader's dispatch, straight to the driver. */
  deviceAddress(device: bigint, command: string): bigint;
}

let opened: LoaderLibrary | undefined;

/**
 * Opens the Vulkan loader once.
 *
 * @throws GuestmarkError (environment) where there is none.
 */
export function openLoaderLibrary(): LoaderLibrary {
  opened ??= bind(process.env[LIBRARY_VARIABLE] || systemLibrary());
  return opened;
}

function systemLibrary(): string {
  if (process.platform === 'win32') return 'vulkan-1.dll';
  return process.platform === 'darwin' ? 'libvulkan.1.dylib' : 'libvulkan.so.1';
}

function bind(name: string): LoaderLibrary {
  const library = load(name);
  const address = (command: string): ((object: bigint, name: string) => bigint | null) =>
    library.func(command, 'void *', ['uint64_t', 'const char *']) as never;
  const getInstanceProcAddr = address('vkGetInstanceProcAddr');
  const getDeviceProcAddr = address('vkGetDeviceProcAddr');
  return {
    name,
    instanceAddress: (instance, command) => getInstanceProcAddr(instance, command) ?? 0n,
    deviceAddress: (device, command) => getDeviceProcAddr(device, command) ?? 0n,
  };
}

function load(name: string): ReturnType<typeof koffi.load> {
  try {
    return koffi.load(name);
  } catch (error) {
    const state =
      error instanceof Error ? error.message.replace(/^Failed to load shared library: /, '') : String(error);
    throw new GuestmarkError('environment', `Cannot load the Vulkan loader ${name}: ${state}`, {
      hint: 'install it (Debian: `apt-get install libvulkan1`), or run `guestmark setup`',
      cause: error,
    });
  }
}
