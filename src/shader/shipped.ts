// The kernels that come with the package, as SPIR-V: a user needs no shader compiler. Knows where the
// files lie, not what is in them.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GuestmarkError } from '../base/errors.ts';

// The same distance from src/shader/ and from dist/shader/.
const SPIRV_FOLDER = new URL('../../shaders/spirv/', import.meta.url);

/** Names of the shipped kernels, sorted. */
export function shippedKernelNames(): string[] {
  return readdirSync(SPIRV_FOLDER)
    .filter((file) => file.endsWith('.spv'))
    .map((file) => file.slice(0, -'.spv'.length))
    .sort();
}

/**
 * Reads the SPIR-V of a shipped kernel.
 *
 * @param name Stem of its source in `shaders/`, such as `copy`.
 * @throws GuestmarkError (usage) when no such kernel is shipped.
 */
export function loadShippedKernel(name: string): Uint8Array<ArrayBuffer> {
  if (!shippedKernelNames().includes(name)) {
    throw new GuestmarkError('usage', `Cannot load kernel "${name}": it is not shipped`, {
      hint: `shipped are ${shippedKernelNames().join(', ')}`,
    });
  }
  // A copy, because a small Buffer is a window of a shared pool and Vulkan wants a whole ArrayBuffer.
  return Uint8Array.from(readFileSync(fileURLToPath(new URL(`${name}.spv`, SPIRV_FOLDER))));
}
