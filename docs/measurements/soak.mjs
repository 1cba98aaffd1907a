// Resident memory over many dispatches in one process, as the suite makes them: submit, wait, read the
// timestamps, reset, and let the event loop turn now and then. Prints one JSON line.
//
//   node [--expose-gc] docs/measurements/soak.mjs [BINDING] [DISPATCHES]   (after `npm run build`)
import { readFileSync } from 'node:fs';
import { openDevice } from 'guestmark/vulkan';

const [binding, dispatches] = [process.argv[2] ?? 'auto', Number(process.argv[3] ?? 100_000)];
const ROUND = 1000;

const residentBytes = () =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;

const opened = openDevice({ binding });
const { device } = opened;
const counter = device.createBuffer({ name: 'counter', bytes: 4, memory: 'device' });
const spirv = readFileSync(new URL('../../shaders/spirv/increment.spv', import.meta.url));
const kernel = device.createKernel(spirv, {});
counter.write(new Uint8Array(4));
const step = { op: 'dispatch', kernel, buffers: { counter }, push: {}, groups: [1, 1, 1] };
const submission = device.record({ steps: [step], iterations: 1, timestamps: true });

const resident = [];
for (let done = 0; done < dispatches; done += ROUND) {
  for (let i = 0; i < ROUND; i++) {
    submission.submit();
    submission.wait('block', 10e9);
    if (!submission.ticks().available) throw new Error('the timestamps are missing');
    submission.reset();
    if (i % 32 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  globalThis.gc?.();
  resident.push(residentBytes());
}
const total = new Uint32Array(1);
counter.read(new Uint8Array(total.buffer));
opened[Symbol.dispose]();

// The first tenth warms up: code is compiled, pools reach their size.
const warm = resident[Math.floor(resident.length / 10)];
const last = resident.at(-1);
console.log(
  JSON.stringify({
    binding,
    dispatches,
    counted: total[0],
    forcedGc: globalThis.gc !== undefined,
    warmBytes: warm,
    lastBytes: last,
    growthBytes: last - warm,
  }),
);
