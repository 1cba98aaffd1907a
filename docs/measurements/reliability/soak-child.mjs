// Loaded into the process that a soak measures, as a module with benchmarks; it has none. Between two rounds, when the parent
// asks, it collects garbage and tells what is left. Nothing of it runs while a case does.
process.on('message', async (message) => {
  if (message.type !== 'soak-heap') return;
  // What finalizers free, they free when the event loop turns.
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  process.send({
    type: 'soak-heap',
    heapBytes: heapUsed,
    externalBytes: external,
    arrayBufferBytes: arrayBuffers,
  });
});

export default [];
