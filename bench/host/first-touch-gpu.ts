// Whether fresh memory of the device costs more when the device first writes it: pages that the driver or an IOMMU maps
// only then, or clears.
import {
  allOf,
  compareElements,
  defineHostBenchmark,
  type MakeOperation,
  type Verification,
} from 'guestmark';
import { type BoundBuffer, createBoundBuffer } from 'guestmark/vulkan';
import { bufferContents } from '../parts/buffer-contents.ts';
import { freshBytes } from '../parts/fresh-bytes.ts';
import { requireMemory } from '../parts/machine-memory.ts';
import { commandBuffer } from '../parts/raw-submission.ts';
import { fencedSubmission, recordAgain, recordFill, transferOnce } from '../parts/transfer.ts';
import { multipleOf, oneOf } from '../parts/workgroup.ts';

const MI = 2 ** 20;
const GI = 2 ** 30;
/** Not what fresh memory is likely to hold. */
const [FIRST_WORD, SECOND_WORD] = [0x9e37_79b9, 0x7f4a_7c15];

const operation: MakeOperation<'touch' | 'bytes'> = ({ touch, bytes }, { scope, vulkan }) => {
  const device = vulkan();
  requireMemory('first-touch-gpu', device.info, { ownBytes: 0, deviceBytes: freshBytes(bytes) });
  const contents = bufferContents(device, scope, bytes);
  const once = transferOnce(device, scope);
  const fill = commandBuffer(device, scope);
  const { submit, wait, reset } = fencedSubmission(device, scope, [fill]);
  const fresh = (): BoundBuffer => createBoundBuffer(device, freshBytes(bytes), 'device', 'fresh');
  let memory = fresh();
  scope.defer(() => memory[Symbol.dispose]());
  const prepare = (): void => {
    if (touch === 2) once((commands) => recordFill(device, commands, memory, { bytes, word: FIRST_WORD }));
    recordAgain(device, fill, (commands) =>
      recordFill(device, commands, memory, { bytes, word: SECOND_WORD }),
    );
  };
  prepare();
  let wordsRight = 0;
  let wrong: Verification | null = null;
  return {
    calls: 2,
    run: () => submit(0),
    wait,
    reset: () => {
      reset();
      const compared = contents.compareWord('filled', memory, { bytes, word: SECOND_WORD });
      if (compared.ok) wordsRight += compared.checked;
      else wrong ??= compared;
      memory[Symbol.dispose]();
      memory = fresh();
      prepare();
    },
    verify: (count) =>
      allOf(
        ...(wrong === null ? [] : [wrong]),
        compareElements('words filled', [wordsRight], [(count * bytes) / 4]),
      ),
  };
};

export default defineHostBenchmark({
  name: 'first-touch-gpu',
  summary: 'Filling fresh memory of the device for the first and for the second time, by the device',
  category: 'host',
  explanation: {
    method:
      'A buffer of the device with memory of its own is allocated anew for every sample, and the device fills it (vkCmdFillBuffer): a sample is one submission and the wait for its fence. With touch=1 that is the first use since the allocation, with touch=2 it was filled once before, outside of the time. At least 64 MiB are allocated, whatever is filled of them: less a driver may take from what it freed before.',
    limit:
      'The second touch is the write bandwidth of the device, and for small sizes the round trip of empty-submit. The first is slower where pages are mapped or cleared only when they are used: memory of the machine that an integrated GPU or a software device writes, or memory that the driver moves to the device first. Most discrete GPUs map their memory at allocation and show no difference.',
    verification:
      'Every word is copied back and compared with the value after every operation; after the first touch of touch=2 it holds another.',
    sources: ['Intel compute-benchmarks, page_fault'],
  },
  axes: { touch: [1, 2], bytes: [64 * MI] },
  suites: { host: { bytes: [16 * MI] }, full: { bytes: [MI, 16 * MI, 64 * MI, 256 * MI, GI] } },
  requires: ({ touch, bytes }) => oneOf('touch', touch, [1, 2]) ?? multipleOf('bytes', bytes, 4),
  bytes: ({ bytes }) => bytes,
  operation,
});
