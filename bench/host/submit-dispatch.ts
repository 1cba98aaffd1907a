// The smallest useful round trip: submit one dispatch of one invocation and wait for it.
import { compareElements, defineBenchmark } from 'guestmark';

export default defineBenchmark({
  name: 'submit-dispatch',
  summary: 'Round trip of submitting one dispatch of one invocation and waiting for its fence',
  kind: 'latency',
  category: 'host',
  explanation: {
    method:
      'One submission of a recorded command buffer with one dispatch of one invocation, and one wait for its fence: a sample is one round trip as the calling thread sees it.',
    limit:
      'That of empty-submit, and the start of a workgroup: the difference of the two is what a dispatch costs.',
    verification:
      'The kernel adds one to a counter without an atomic, so a dispatch that is lost or overlaps another is missing: the counter equals the submissions, modulo 2^32.',
    sources: ['uVkCompute, dispatch_void_shader', 'clpeak, kernel latency'],
  },
  axes: {},
  suites: { quick: {}, standard: {}, full: {}, latency: {}, host: {} },
  buffers: { counter: { type: 'u32', elements: () => 1 } },
  work: () => [{ op: 'dispatch', shader: 'increment', groups: [1, 1, 1] }],
  items: () => 1,
  // A dispatch that is lost, or overlaps another, is missing in the count.
  verify: (_, { outputs, iterations }) =>
    compareElements('counter', outputs.counter as Uint32Array, () => iterations >>> 0),
});
