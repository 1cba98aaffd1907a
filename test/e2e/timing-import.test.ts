// `guestmark/timing` as a program imports it: the built files, by the package's own name, in a process of
// its own, which then looks at what it has loaded.
import { execFileSync, spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const PROGRAM = `
import { readFileSync } from 'node:fs';
import { measure, measureSync } from 'guestmark/timing';

const work = () => { let sum = 0; for (let i = 0; i < 1e6; i++) sum += Math.sqrt(i); return sum; };
const found = measureSync(work);
const awaited = await measure(async () => work());
const maps = readFileSync('/proc/self/maps', 'utf8');
console.log(JSON.stringify({ found, awaited, hasKoffi: maps.includes('koffi'), vulkan: maps.match(/.*(vulkan|nvk|lvp).*/gi) }));
`;

it('guestmark/timing measures without a GPU and loads no Vulkan', () => {
  const nowhere = '/nonexistent/icd.json';
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    encoding: 'utf8',
    env: { ...process.env, VK_DRIVER_FILES: nowhere, VK_ICD_FILENAMES: nowhere },
  });
  const { found, awaited, hasKoffi, vulkan } = JSON.parse(output);
  expect({ hasKoffi, vulkan }).toEqual({ hasKoffi: true, vulkan: null });
  expect(found.wallNs).toBeGreaterThan(1e5);
  expect(found.value).toBe(awaited.value);
  expect(awaited.warnings).toContainEqual(expect.objectContaining({ code: 'awaited' }));
});

const WORKER = `
import { Worker } from 'node:worker_threads';
const inside = \`
  import { parentPort } from 'node:worker_threads';
  import { measureSync } from 'guestmark/timing';
  const nap = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  parentPort.postMessage([measureSync(nap), measureSync(nap)]);
\`;
new Worker(inside, { eval: true }).on('message', (found) => console.log(JSON.stringify(found)));
`;

it('guestmark/timing measures the thread of a worker, and leaves nothing to complain of', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', WORKER], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  for (const { wallNs, stealAndBlockedNs } of JSON.parse(stdout)) {
    expect(wallNs).toBeGreaterThan(4.9e7);
    expect(stealAndBlockedNs.value).toBeGreaterThan(3e7);
  }
});
