// Whether the device computes: what every benchmark of an error asks after it. One dispatch that adds one to a counter.
import { compareElements, type HostContext, loadShippedKernel, type Verification } from 'guestmark';

const LIMIT_NS = 10e9;

/** Prepares the dispatch. Each call of what is returned runs it once, and compares the count of all runs. */
export function stillComputes({ scope, device }: Pick<HostContext, 'scope' | 'device'>): () => Verification {
  const counter = scope.use(device.createBuffer({ name: 'counter', bytes: 4, memory: 'download' }));
  const kernel = scope.use(device.createKernel(loadShippedKernel('increment'), {}));
  const step = {
    op: 'dispatch',
    kernel,
    buffers: { counter },
    push: {},
    groups: [1, 1, 1],
  } as const;
  const submission = scope.use(device.record({ steps: [step], iterations: 1, timestamps: false }));
  const words = new Uint32Array(1);
  counter.write(new Uint8Array(words.buffer));
  let dispatches = 0;
  return () => {
    submission.submit();
    submission.wait('block', LIMIT_NS);
    submission.reset();
    dispatches++;
    counter.read(new Uint8Array(words.buffer));
    return compareElements('dispatches', words, [dispatches]);
  };
}
