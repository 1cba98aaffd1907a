// Buffers and images of a simulated device: bytes in CPU memory. A guard is memory of its own, which a simulated
// kernel touches by name.
import { GuestmarkError } from '../base/errors.ts';
import type { BufferRequest, DeviceBuffer, DeviceImage, ImageRequest } from './compute-device.ts';
import type { DeviceInfo } from './device-info.ts';
import { firstTouchedByte, roundedGuardBytes, writePattern } from './guard.ts';
import { checkExtent, imageBytes } from './image-format.ts';

/** A buffer that a simulated kernel can reach into. */
export interface SimulatedBuffer extends DeviceBuffer {
  readonly contents: Uint8Array;
  readonly guard: Uint8Array;
}

/** An image that a simulated kernel can reach into: tightly packed texels. */
export interface SimulatedImage extends DeviceImage {
  readonly contents: Uint8Array;
}

/** Creates a buffer of zeros. */
export function simulatedBuffer({ name, bytes, memory, guardBytes }: BufferRequest): SimulatedBuffer {
  const contents = new Uint8Array(bytes);
  const guard = new Uint8Array(roundedGuardBytes(guardBytes));
  return {
    name,
    bytes,
    memory,
    contents,
    guard,
    write: (data) => contents.set(data),
    read: (into) => into.set(contents.subarray(0, into.byteLength)),
    fillGuard: () => writePattern(guard),
    firstTouchedGuardByte: () => firstTouchedByte(guard),
    [Symbol.dispose]: () => undefined,
  };
}

/** Creates an image of zeros, refusing what a real device would refuse by its limits. */
export function simulatedImage(info: DeviceInfo, request: ImageRequest): SimulatedImage {
  const { name, extent } = request;
  const bytes = imageBytes(request);
  checkExtent(info, request);
  const contents = new Uint8Array(bytes);
  const checked = (data: Uint8Array): Uint8Array => {
    if (data.byteLength === bytes) return data;
    throw new GuestmarkError('usage', `Cannot copy ${data.byteLength} bytes: image "${name}" has ${bytes}`);
  };
  return {
    name,
    bytes,
    extent,
    contents,
    write: (data) => contents.set(checked(data)),
    read: (into) => checked(into).set(contents),
    [Symbol.dispose]: () => undefined,
  };
}
