// Command buffers of many dispatches that differ in what stands before each of them: nothing, a barrier, push constants,
// a descriptor set; or in where the workgroup counts come from. All run the same kernel, so that a difference of two
// is that of the commands. Its additions are atomic: without barriers dispatches may overlap.
import { type HostContext, loadShippedKernel } from 'guestmark';
import { barrierBetweenSteps, createDeviceBuffer, createDispatchCommands } from 'guestmark/vulkan';
import { readCounter, zeroedCounter } from './counted-submission.ts';

type Recorder = (commandBuffer: bigint, index: number) => void;

/** What stands before a dispatch; the number is the value of the axis `kind`. */
export const KINDS = ['nothing', 'barrier', 'push constants', 'descriptor set', 'indirect'] as const;

/** In words, for summaries and explanations. */
export const KINDS_IN_WORDS =
  'kind 0: vkCmdDispatch alone; 1: a full barrier before each; 2: vkCmdPushConstants before each, with values that change; 3: vkCmdBindDescriptorSets before each, two sets in turn; 4: vkCmdDispatchIndirect in its place';

/** Additions of a dispatch whose push constant `loops` is 1. */
const ADDITIONS = 8;

/** So many dispatches, to record as often as one likes. */
export interface DispatchSequence {
  /** Records bindings and dispatches into a command buffer, ordered after what the queue was given before. */
  readonly record: (commandBuffer: bigint) => void;
  /** Native calls of `record`. */
  readonly calls: number;
  /** What one execution adds to each sum. */
  readonly adds: readonly number[];
  /** The sums, modulo 2^32, after everything that was submitted. */
  readonly sums: () => readonly number[];
}

/** Makes the sequence with kernel, sums and descriptor sets of its own. */
export function dispatchSequence(
  host: HostContext,
  { count, kind }: { readonly count: number; readonly kind: number },
): DispatchSequence {
  const device = host.vulkan();
  const sums = [zeroedCounter(host, 'sums'), zeroedCounter(host, 'other sums')] as const;
  const make = dispatchMaker(host);
  const one = make(sums[0], 1);
  const other = make(kind === 3 ? sums[1] : sums[0], kind === 2 ? 2 : 1, kind === 4);
  const before: Readonly<Record<number, Recorder>> = {
    1: (commandBuffer) => barrierBetweenSteps(device, commandBuffer),
    2: (commandBuffer, i) => (i % 2 === 0 ? one : other).pushConstants(commandBuffer),
    3: (commandBuffer, i) => (i % 2 === 0 ? one : other).bindSets(commandBuffer),
  };
  const dispatch = kind === 4 ? other.dispatch : one.dispatch;
  const second = Math.floor(count / 2);
  return {
    calls: 4 + count * (before[kind] === undefined ? 1 : 2),
    record: (commandBuffer) => {
      barrierBetweenSteps(device, commandBuffer);
      one.bindPipeline(commandBuffer);
      one.bindSets(commandBuffer);
      one.pushConstants(commandBuffer);
      recordEach(commandBuffer, count, before[kind], dispatch);
    },
    adds: {
      2: [ADDITIONS * (count + second), 0],
      3: [ADDITIONS * (count - second), ADDITIONS * second],
    }[kind] ?? [ADDITIONS * count, 0],
    sums: () => sums.map((sum) => readCounter(host, sum)),
  };
}

function recordEach(
  commandBuffer: bigint,
  count: number,
  before: Recorder | undefined,
  dispatch: (commandBuffer: bigint) => void,
): void {
  for (let i = 0; i < count; i++) {
    before?.(commandBuffer, i);
    dispatch(commandBuffer);
  }
}

/** One invocation that adds 1 to a sum, {@link ADDITIONS} times `loops`. */
function dispatchMaker({ device, scope, vulkan }: HostContext) {
  const owner = vulkan();
  const kernel = scope.use(
    device.createKernel(loadShippedKernel('atomic-add-global-u32'), { WORKGROUP_SIZE: 1 }),
  );
  const written = (name: string, words: readonly number[]) => {
    const buffer = scope.use(createDeviceBuffer(owner, { name, bytes: 4 * words.length, memory: 'device' }));
    buffer.write(new Uint8Array(Uint32Array.from(words).buffer));
    return buffer;
  };
  const values = written('values', [1]);
  const counts = { buffer: written('workgroup counts', [1, 1, 1]), offset: 0 };
  return (sums: ReturnType<typeof written>, loops: number, indirect = false) =>
    scope.use(
      createDispatchCommands(owner, {
        op: 'dispatch',
        kernel,
        buffers: { values, sums },
        push: { loops, sharers: 1 },
        groups: indirect ? counts : [1, 1, 1],
      }),
    );
}
