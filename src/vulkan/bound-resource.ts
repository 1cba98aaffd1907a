// What a dispatch binds to each binding of its kernel, checked: a buffer where the shader wants one, an image of
// the right form where it wants that, and large enough. Pure.
import { GuestmarkError } from '../base/errors.ts';
import type { BindingInterface } from '../shader/kernel-interface.ts';
import type { DeviceBuffer, DeviceImage, DispatchStep } from './compute-device.ts';
import type { DeviceLimits } from './device-info.ts';

/** An image, and what it was created as. */
interface KnownImage extends DeviceImage {
  readonly format: string;
  readonly dimensions: string;
}

/**
 * The buffer or image for a binding.
 *
 * @throws GuestmarkError (usage) where there is none, or it does not fit the binding, (unsupported) where it is
 *   larger than a buffer of its kind may be.
 */
export function boundResource(
  { buffers }: Pick<DispatchStep, 'buffers'>,
  binding: BindingInterface,
  limits: DeviceLimits,
): DeviceBuffer | DeviceImage {
  const { name, kind } = binding;
  const bound = Object.hasOwn(buffers, name) ? buffers[name] : undefined;
  if (bound === undefined) {
    const given = Object.keys(buffers).join(', ');
    throw new GuestmarkError('usage', `Cannot dispatch: binding "${name}" of the shader has no buffer`, {
      hint: given === '' ? 'no buffer was given' : `buffers given: ${given}`,
    });
  }
  const wantsImage = kind === 'storage-image';
  if (isImage(bound) !== wantsImage)
    refuse(name, bound, `is ${isImage(bound) ? 'an image' : 'a buffer'}`, `the shader declares ${kind}`);
  if (isImage(bound)) checkImage(binding, bound as KnownImage);
  else checkBuffer(binding, bound, limits);
  return bound;
}

/** Whether what a dispatch binds is an image. */
export function isImage(bound: DeviceBuffer | DeviceImage): bound is DeviceImage {
  return 'extent' in bound;
}

function checkImage({ name, image }: BindingInterface, bound: KnownImage): void {
  if (image === null) return;
  const isSame =
    bound.dimensions === image.dimensions && (image.format === null || image.format === bound.format);
  if (isSame) return;
  const declared = [image.dimensions, image.format].filter((part) => part !== null).join(' ');
  refuse(name, bound, `is ${bound.dimensions} ${bound.format}`, `the shader declares ${declared}`);
}

function checkBuffer(binding: BindingInterface, bound: DeviceBuffer, limits: DeviceLimits): void {
  const { name, kind } = binding;
  const needed = fixedBytes(binding);
  if (bound.bytes < needed)
    refuse(name, bound, `has ${bound.bytes} bytes`, `the block of the shader has ${needed}`);
  const isUniform = kind === 'uniform';
  const limitName = isUniform ? 'maxUniformBufferRange' : 'maxStorageBufferRange';
  if (bound.bytes <= limits[limitName]) return;
  const otherwise = isUniform ? 'declare a storage buffer, or ' : '';
  throw new GuestmarkError(
    'unsupported',
    `Cannot bind "${bound.name}" to "${name}": ${bound.bytes} bytes are more than the device's ${limitName} of ${limits[limitName]}`,
    { hint: `${otherwise}lower the size axis of the benchmark` },
  );
}

/** Bytes of the block up to a runtime array. */
function fixedBytes({ headerBytes, elementBytes, elementCount }: BindingInterface): number {
  return headerBytes + (elementBytes ?? 0) * (elementCount ?? 0);
}

function refuse(name: string, bound: { readonly name: string }, state: string, hint: string): never {
  throw new GuestmarkError('usage', `Cannot bind "${bound.name}" to "${name}": it ${state}`, { hint });
}
