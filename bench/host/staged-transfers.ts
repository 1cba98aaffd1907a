// The way of data to a device and back as a program takes it, copies by the CPU and the wait included.
import { allOf, type Benchmark, compareElements, defineHostBenchmark, type MakeOperation } from 'guestmark';
import { createBoundBuffer, mapMemory } from 'guestmark/vulkan';
import { bufferContents } from '../parts/buffer-contents.ts';
import { requireMemory } from '../parts/machine-memory.ts';
import { SHIFT_BYTES, shiftedBytes } from '../parts/random-words.ts';
import { commandBuffer } from '../parts/raw-submission.ts';
import { fencedSubmission, recordCopy } from '../parts/transfer.ts';
import { multipleOf } from '../parts/workgroup.ts';

const KI = 2 ** 10;
const MI = 2 ** 20;

const VERIFICATION =
  'All bytes of the last operation are compared, before timing and after it. Operations take turns between two places of the source whose words all differ, so that one which did not take place shows.';

const uploads: MakeOperation<'bytes'> = ({ bytes }, { scope, vulkan, random }) => {
  const device = vulkan();
  requireMemory('staged-h2d', device.info, { ownBytes: bytes, deviceBytes: 2 * bytes });
  const { views } = shiftedBytes(bytes, random);
  const staging = scope.use(createBoundBuffer(device, bytes, 'upload'));
  const mapped = scope.use(mapMemory(device, staging, 0, bytes));
  const target = scope.use(createBoundBuffer(device, bytes, 'device'));
  const contents = bufferContents(device, scope, bytes);
  const copy = commandBuffer(device, scope, (commands) =>
    recordCopy(device, commands, [staging, target], { size: bytes }),
  );
  const { submit, wait, reset } = fencedSubmission(device, scope, [copy]);
  const into = mapped.bytes;
  let operations = 0;
  return {
    calls: staging.type.hostCoherent ? 2 : 3,
    run: () => {
      into.set(views[operations % 2] as Uint8Array);
      mapped.flush();
      submit(0);
    },
    wait,
    reset: () => {
      reset();
      operations++;
    },
    verify: (count) =>
      allOf(
        compareElements('operations', [operations], [count]),
        contents.compare('target', target, views[(count - 1) % 2] as Uint8Array),
      ),
  };
};

const downloads: MakeOperation<'bytes'> = ({ bytes }, { scope, vulkan, random }) => {
  const device = vulkan();
  requireMemory('staged-d2h', device.info, { ownBytes: 2 * bytes, deviceBytes: 2 * bytes });
  const { all, views } = shiftedBytes(bytes, random);
  const source = scope.use(createBoundBuffer(device, all.byteLength, 'device'));
  bufferContents(device, scope, all.byteLength).write(source, all);
  const staging = scope.use(createBoundBuffer(device, bytes, 'download'));
  const mapped = scope.use(mapMemory(device, staging, 0, bytes));
  const copies = [0, SHIFT_BYTES].map((srcOffset) =>
    commandBuffer(device, scope, (commands) =>
      recordCopy(device, commands, [source, staging], { srcOffset, size: bytes }),
    ),
  );
  const submission = fencedSubmission(device, scope, copies);
  const [from, target] = [mapped.bytes, new Uint8Array(bytes)];
  let operations = 0;
  return {
    calls: staging.type.hostCoherent ? 2 : 3,
    run: () => submission.submit(operations % 2),
    wait: () => {
      submission.wait();
      mapped.invalidate();
      target.set(from);
    },
    reset: () => {
      submission.reset();
      operations++;
    },
    verify: (count) =>
      allOf(
        compareElements('operations', [operations], [count]),
        compareElements('target', target, views[(count - 1) % 2] as Uint8Array),
      ),
  };
};

function staged(name: string, summary: string, method: string, operation: MakeOperation<'bytes'>): Benchmark {
  return defineHostBenchmark({
    name,
    summary,
    category: 'host',
    explanation: {
      method: `${method} A sample is one transfer as the calling thread sees it, and all sizes together are fitted to the time a + V / b.`,
      limit:
        'For small sizes the submission and the wake-up of the waiting thread, as in empty-submit; in a virtual machine most of a is the wake-up. For large ones the CPU copy and the copy of the device one after the other: 1 / b is the sum of what each takes a byte. A program that works in the mapped memory itself, or cuts the transfer into pieces that overlap, does better.',
      verification: VERIFICATION,
      sources: ['nvbandwidth', 'SHOC, BusSpeedDownload and BusSpeedReadback'],
    },
    axes: { bytes: [16 * MI] },
    suites: {
      host: { bytes: [4 * KI, 64 * KI, MI, 16 * MI] },
      full: { bytes: Array.from({ length: 10 }, (_, i) => KI * 4 ** i) },
    },
    fitsStartUp: 'bytes',
    requires: ({ bytes }) => multipleOf('bytes', bytes, 4),
    bytes: ({ bytes }) => bytes,
    operation,
  });
}

export default [
  staged(
    'staged-h2d',
    'The whole way to the device: CPU copy to a mapped staging buffer, copy of the device, wait',
    'The CPU copies ordinary memory to a mapped staging buffer, flushes it where it is not coherent, submits a recorded copy to a buffer of the device, and waits for the fence.',
    uploads,
  ),
  staged(
    'staged-d2h',
    'The whole way from the device: copy of the device to a mapped staging buffer, wait, CPU copy',
    'The CPU submits a recorded copy from a buffer of the device to a mapped staging buffer, waits for the fence, invalidates the mapping where it is not coherent, and copies it to ordinary memory.',
    downloads,
  ),
];
