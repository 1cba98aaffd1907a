// The floor of every GPU program's latency: submit a command buffer with nothing in it and wait.
import { compareElements, defineBenchmark } from 'guestmark';

export default defineBenchmark({
  name: 'empty-submit',
  summary: 'Round trip of submitting an empty command buffer and waiting for its fence',
  kind: 'latency',
  category: 'host',
  explanation: {
    method:
      'One submission of a recorded command buffer with nothing in it, and one wait for its fence: a sample is one round trip as the calling thread sees it.',
    limit:
      'The path from vkQueueSubmit through the driver to the device and back to the waiting thread. In a virtual machine most of it is often the wake-up of the thread: an idle virtual CPU must be woken by the host.',
    verification:
      'There is no output; a buffer that nothing writes must keep its random contents, and the fence must be signalled.',
    sources: ['vkoverhead, submit_noop'],
  },
  axes: {},
  suites: { quick: {}, standard: {}, full: {}, latency: {}, host: {} },
  buffers: { untouched: { type: 'u32', elements: () => 1024, fill: 'random' } },
  work: () => [],
  items: () => 1,
  // There is no output to compare; an empty submission must leave memory alone.
  verify: (_, { inputs, outputs }) => {
    const before = inputs.untouched as Uint32Array;
    return compareElements('untouched', outputs.untouched as Uint32Array, before);
  },
});
