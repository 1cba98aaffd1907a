// The buffers and images of a case on a device: created, filled, read, and their guard bytes looked at. Knows nothing of
// what their contents mean.
import { GuestmarkError } from '../base/errors.ts';
import type { Scope } from '../base/scope.ts';
import type { ComputeDevice, DeviceBuffer, DeviceImage } from '../vulkan/compute-device.ts';
import type { Elements } from './benchmark.ts';
import { bytesOf, newElements } from './element-types.ts';
import type { SizedBinding } from './sized-bindings.ts';

/** Something that a dispatch can be given. */
export type DeviceBinding = DeviceBuffer | DeviceImage;

/** Buffers and images by name. */
export type DeviceBindings = ReadonlyMap<string, DeviceBinding>;

/** Whether a binding is an image. */
export function isImage(binding: DeviceBinding): binding is DeviceImage {
  return 'extent' in binding;
}

/** Creates all of them; `scope` frees them. */
export function createBindings(
  device: ComputeDevice,
  sized: readonly SizedBinding[],
  id: string,
  scope: Scope,
): DeviceBindings {
  return new Map(
    sized.map((one) => [
      one.name,
      scope.use(one.plan.image === undefined ? createBuffer(device, one) : createImage(device, one, id)),
    ]),
  );
}

function createBuffer(device: ComputeDevice, { name, bytes, plan }: SizedBinding): DeviceBuffer {
  const { memory = 'device', usage = 'storage', guardBytes = 0 } = plan;
  return device.createBuffer({ name, bytes, memory, usage, guardBytes });
}

function createImage(
  device: ComputeDevice,
  { name, plan, extent, elements, bytes }: SizedBinding,
  id: string,
): DeviceImage {
  const { format, dimensions } = plan.image as NonNullable<typeof plan.image>;
  const texels = extent as NonNullable<typeof extent>;
  const image = device.createImage({ name, format, dimensions, extent: texels });
  if (image.bytes === bytes) return image;
  image[Symbol.dispose]();
  const state = `image "${name}" has ${elements} elements of ${plan.type}, which are ${bytes} bytes, and its ${texels.join(' × ')} texels of ${format} are ${image.bytes}`;
  throw new GuestmarkError('usage', `Cannot run ${id}: ${state}`, {
    hint: 'elements() of an image is its texels times their components, in the type of a component',
  });
}

/** What a binding holds now. */
export function readBinding(binding: DeviceBinding, { plan, elements }: SizedBinding): Elements {
  const into = newElements(plan.type, elements);
  binding.read(bytesOf(into));
  return into;
}

/** Puts contents into a binding, and the pattern behind it. */
export function fillBinding(binding: DeviceBinding, contents: Elements): void {
  binding.write(bytesOf(contents));
  if (!isImage(binding)) binding.fillGuard();
}

/** A write behind the end of a buffer. */
export interface TouchedGuard {
  readonly name: string;
  /** Bytes from the buffer's end. */
  readonly offset: number;
}

/** The first buffer that was written behind its end; null where none was. */
export function touchedGuard(bindings: DeviceBindings): TouchedGuard | null {
  for (const [name, binding] of bindings) {
    const offset = isImage(binding) ? null : binding.firstTouchedGuardByte();
    if (offset !== null) return { name, offset };
  }
  return null;
}
