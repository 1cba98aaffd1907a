// The smallest useful round trip: submit one dispatch of one invocation and wait for it.
import { compareElements, defineBenchmark } from 'guestmark';

export default defineBenchmark({
  name: 'submit-dispatch',
  summary: 'Round trip of submitting one dispatch of one invocation and waiting for its fence',
  kind: 'latency',
  category: 'host',
  axes: {},
  suites: { quick: {}, standard: {}, full: {} },
  buffers: { counter: { type: 'u32', elements: () => 1 } },
  work: () => [{ op: 'dispatch', shader: 'increment', groups: [1, 1, 1] }],
  items: () => 1,
  // A dispatch that is lost, or overlaps another, is missing in the count.
  verify: (_, { outputs, iterations }) =>
    compareElements('counter', outputs.counter as Uint32Array, () => iterations >>> 0),
});
