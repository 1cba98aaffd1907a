// Wraps memory that native code owns. One place, because a wrong address ends the process instead of
// throwing.
import { createRequire } from 'node:module';
import { GuestmarkError } from '../base/errors.ts';

const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');

/** Node 20 refuses a larger ArrayBuffer over foreign memory ("Unknown failure"). */
const LARGEST_VIEW_BYTES = 2 ** 32 - 1;

/**
 * An ArrayBuffer over `bytes` of memory at `address`, which must outlive every use of it: unmapping or
 * freeing the memory does not detach the buffer, and touching it then ends the process.
 *
 * @throws GuestmarkError (vulkan) for a null address (which would abort the process) or a size that
 * cannot be wrapped.
 */
export function viewMemory(address: bigint, bytes: number): ArrayBuffer {
  if (address === 0n) {
    throw new GuestmarkError('vulkan', 'Cannot view mapped memory: the address is null', {
      hint: 'check the result of vkMapMemory first',
    });
  }
  if (!Number.isInteger(bytes) || bytes <= 0 || bytes > LARGEST_VIEW_BYTES) {
    throw new GuestmarkError(
      'vulkan',
      `Cannot view ${bytes} bytes of mapped memory: a view holds 1 to ${LARGEST_VIEW_BYTES}`,
      {
        hint: 'map the memory in windows',
      },
    );
  }
  return koffi.view(address, bytes);
}
