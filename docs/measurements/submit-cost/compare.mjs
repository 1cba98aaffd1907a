// What an empty submit + wait + reset costs the calling thread: guestmark's own submission under each
// binding against C, in alternating slices of one measurement. Needs a C compiler and the Vulkan headers.
//
//   node docs/measurements/submit-cost/compare.mjs [SLICES] [TRIPLES_A_SLICE]   (after `npm run build`)
//
// Every binding is measured in a process of its own, as in a run: shared call sites would be compiled for
// several targets and be slower.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import koffi from 'koffi';
import { openSnapshotClock } from '../../../dist/timing/index.js';
import { recordCommandBuffer } from '../../../dist/vulkan/command-buffer.js';
import { createFence } from '../../../dist/vulkan/fence.js';
import { createInstance } from '../../../dist/vulkan/instance.js';
import { createLogicalDevice } from '../../../dist/vulkan/logical-device.js';
import { openBinding } from '../../../dist/vulkan/open-binding.js';
import { listPhysicalDevices } from '../../../dist/vulkan/physical-device.js';
import { pickQueueFamily } from '../../../dist/vulkan/queue-family.js';
import { recordSubmission } from '../../../dist/vulkan/submission.js';

const [slices, count] = [Number(process.argv[2] ?? 100), Number(process.argv[3] ?? 300)];
const folder = mkdtempSync(join(tmpdir(), 'submit-cost-'));
execFileSync('cc', [
  '-O2',
  '-shared',
  '-fPIC',
  new URL('triple.c', import.meta.url).pathname,
  '-o',
  join(folder, 'triple.so'),
  '-lvulkan',
]);
const triples = koffi
  .load(join(folder, 'triple.so'))
  .func('double triples(uint64_t, uint64_t, uint64_t, uint64_t, int)');
rmSync(folder, { recursive: true });

const { clock } = openSnapshotClock();
const [from, to] = [clock.newSnapshot(), clock.newSnapshot()];
const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
const ascending = (a, b) => a - b;

const BINDINGS = ['koffi', 'auto', 'nvk'];

if (process.env.SUBMIT_COST_BINDING === undefined) {
  console.log('| binding | C, ns | guestmark, ns | ratio: median | quartiles |\n|---|---|---|---|---|');
  for (const name of BINDINGS) {
    const env = { ...process.env, SUBMIT_COST_BINDING: name };
    execFileSync(process.execPath, process.argv.slice(1), { env, stdio: 'inherit' });
  }
} else {
  await measure(process.env.SUBMIT_COST_BINDING);
}

async function measure(name) {
  const instance = createInstance(openBinding(name));
  const [physical] = listPhysicalDevices(instance);
  const device = createLogicalDevice(instance, physical, pickQueueFamily(physical.info.queueFamilies));
  const [fence, commands] = [createFence(device), recordCommandBuffer(device, () => {})];
  const submission = recordSubmission(device, { steps: [], iterations: 1, timestamps: false });
  const ours = () => {
    clock.take(from);
    for (let i = 0; i < count; i++) {
      submission.submit();
      submission.wait('block', 10e9);
      submission.reset();
    }
    clock.take(to);
    return (to.cpuNs - from.cpuNs) / count;
  };
  const c = () => triples(device.handle, device.queue, fence.handle, commands.handle, count);
  const pairs = [];
  for (let slice = -10; slice < slices; slice++) {
    // Native finalizers run when the event loop turns: not in a measured loop.
    await new Promise((resolve) => setImmediate(resolve));
    // Whoever comes first in a pair comes second in the next.
    const [first, second] = slice % 2 === 0 ? [c(), ours()] : [ours(), c()];
    // The first slices warm up, the compiler included.
    if (slice >= 0) pairs.push(slice % 2 === 0 ? { c: first, ours: second } : { c: second, ours: first });
  }
  const ratios = pairs.map((pair) => pair.ours / pair.c).sort(ascending);
  const middle = (key) => quantile(pairs.map((pair) => pair[key]).sort(ascending), 0.5).toFixed(0);
  const quartiles = `${quantile(ratios, 0.25).toFixed(2)}–${quantile(ratios, 0.75).toFixed(2)}`;
  console.log(
    `| ${name} | ${middle('c')} | ${middle('ours')} | ${quantile(ratios, 0.5).toFixed(2)} | ${quartiles} |`,
  );
  for (const owned of [submission, commands, fence, device, instance]) owned[Symbol.dispose]();
}
