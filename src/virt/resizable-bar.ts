// Whether the CPU sees all of a GPU's memory. The capability is the plainest sign, but QEMU hides it from guests: then Vulkan's
// heaps tell, because memory that is the device's and visible to the CPU lies behind a BAR.
import { type Available, unavailable } from '../base/availability.ts';
import { type Finding, likely } from './finding.ts';
import type { AttachmentSubject, PciBar } from './gpu-attachment.ts';

/** A BAR that was not resized has 256 MiB at most. */
const PLAIN_BAR_BYTES = 256 * 2 ** 20;

interface ResizableBarSigns {
  /** Of the function's folder. */
  readonly names: readonly string[];
  readonly bars: Finding<readonly PciBar[]>;
  readonly text: (name: string) => Available<string>;
  readonly folder: string;
  readonly subject: Pick<AttachmentSubject, 'type' | 'memoryHeaps' | 'memoryTypes'>;
}

/** By `resourceN_resize` where the kernel shows it, else by Vulkan; the finding says which. */
export function judgeResizableBar(signs: ResizableBarSigns): Finding<boolean> {
  return byCapability(signs) ?? byHeaps(signs);
}

/** The file holds a bit for every size: bit n is 2^n MiB. */
function byCapability({ names, bars, text, folder }: ResizableBarSigns): Finding<boolean> | null {
  const name = names.find((one) => /^resource[0-5]_resize$/.test(one));
  if (name === undefined || !bars.available) return null;
  const bar = bars.value.find(({ index }) => index === Number(name[8]));
  const sizes = text(name);
  if (bar === undefined || !sizes.available || !/^(0x)?[0-9a-f]{1,16}$/i.test(sizes.value)) return null;
  const bits = BigInt(`0x${sizes.value.replace(/^0x/i, '')}`);
  if (bits === 0n) return null;
  const largestMiB = 2 ** (bits.toString(2).length - 1);
  const isLargest = bar.bytes >= largestMiB * 2 ** 20;
  return likely(isLargest, `${folder}/${name}: ${bar.bytes / 2 ** 20} MiB of at most ${largestMiB} MiB`);
}

/** A heap that is larger than all BARs together lies behind none: the memory of the CPU, or of a host. */
function byHeaps({ bars, subject }: ResizableBarSigns): Finding<boolean> {
  const { type, memoryHeaps, memoryTypes } = subject;
  if (type === 'integrated-gpu') return unavailable('the GPU shares its memory with the CPU');
  const visible = memoryTypes.filter(({ deviceLocal, hostVisible }) => deviceLocal && hostVisible);
  const heaps = memoryHeaps.filter(({ index }) => visible.some(({ heapIndex }) => heapIndex === index));
  const bytes = heaps.reduce((most, heap) => Math.max(most, heap.bytes), 0);
  const seen = bytes === 0 ? 'none' : `${Math.round(bytes / 2 ** 20)} MiB`;
  const barBytes = bars.available ? bars.value.reduce((sum, bar) => sum + bar.bytes, 0) : bytes;
  if (bytes > barBytes)
    return unavailable(
      `Vulkan shows the CPU ${seen} of the device's memory, which is more than the BARs hold`,
    );
  return likely(
    bytes > PLAIN_BAR_BYTES,
    `Vulkan: the largest heap that is the device's and visible to the CPU: ${seen}`,
  );
}
