// The worst that the process of a case can do, done for real: it takes no more than its limits, costs its own case alone, and
// nothing of it stays behind.
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { watchLeftovers } from './leftovers.ts';
import { runWorst } from './worst-children.ts';

const MIB = 2 ** 20;
/** Measured: 95 to 150 MiB, of which 85 are those of a run in which nothing happens. */
const PARENT_BYTES = 256 * MIB;

it('a process that takes all memory, floods its parent or leaves others behind costs its own case alone', async () => {
  await using _ = watchLeftovers();
  using folder = temporaryFolder();
  const cases = ['good', 'heap', 'native', 'device-memory', 'talkative', 'flooding', 'forking', 'good-too'];
  const run = await runWorst(folder.path, cases, ['--process-memory', '1Gi'], 'ulimit -c unlimited');
  expect(run.code).toBe(1);
  const failed = ['heap', 'native', 'device-memory'];
  for (const id of cases.filter((one) => !failed.includes(one)))
    expect(run.outcomes).toMatchObject({ [id]: 'ok' });
  expect(run.outcomes.heap).toMatch(/^crash: .* because it got no more memory .*heap out of memory/s);
  expect(run.outcomes.heap).toContain('--process-memory');
  // Whoever is next to want memory is told that there is none: the case, or V8, which cannot live without.
  expect(run.outcomes.native).toMatch(
    /^(error: .*memory ran out|crash: .* because it got no more memory).*--process-memory/s,
  );
  expect(run.outcomes['device-memory']).toMatch(/^vulkan: .*VK_ERROR_OUT_OF_(DEVICE|HOST)_MEMORY/s);
  expect(run.parentPeakBytes).toBeLessThan(PARENT_BYTES);
  // Also none of the core files that this user asked for.
  expect(readdirSync(folder.path)).toEqual(['report.json']);
}, 180_000);

it('a process that never comes back from native code is ended at its limit', async () => {
  await using _ = watchLeftovers();
  using folder = temporaryFolder();
  const startMs = performance.now();
  const run = await runWorst(folder.path, ['native-loop', 'good'], ['--timeout', '1s']);
  expect(run.outcomes).toMatchObject({ good: 'ok' });
  expect(run.outcomes['native-loop']).toMatch(/^timeout: .*did not end it within 6 s and was ended/);
  // The limit, the grace and two starts.
  expect(performance.now() - startMs).toBeLessThan(40_000);
}, 60_000);
