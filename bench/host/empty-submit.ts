// The floor of every GPU program's latency: submit a command buffer with nothing in it and wait.
import { compareElements, defineBenchmark } from 'guestmark';

export default defineBenchmark({
  name: 'empty-submit',
  summary: 'Round trip of submitting an empty command buffer and waiting for its fence',
  kind: 'latency',
  category: 'host',
  axes: {},
  suites: { quick: {}, standard: {}, full: {} },
  buffers: { untouched: { type: 'u32', elements: () => 1024, fill: 'random' } },
  work: () => [],
  items: () => 1,
  // There is no output to compare; an empty submission must leave memory alone.
  verify: (_, { inputs, outputs }) => {
    const before = inputs.untouched as Uint32Array;
    return compareElements('untouched', outputs.untouched as Uint32Array, (i) => before[i] as number);
  },
});
