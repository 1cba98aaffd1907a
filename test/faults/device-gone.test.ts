// A device that is not what it was when the run began: gone, another one, lost for a while, or without its queues. The report keeps
// what was measured, and says of every later run why there is nothing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { guestmark, temporaryFolder } from '../e2e/guestmark.ts';
import { buildFaultLayer, hasCompiler } from './layer/fault-layer.mjs';
import { runsOf, samplesOf, struckRun } from './struck-run.ts';

const layer = hasCompiler() ? buildFaultLayer() : null;
afterAll(() => layer?.[Symbol.dispose]());

const twice = (plan: string, ...cases: string[]) =>
  struckRun(layer as NonNullable<typeof layer>, plan, ['copy[n=4Ki]', ...cases, '--runs', '2']);

const renamed = (call: string): string => `${call}@4/1=renamed`;

describe.skipIf(layer === null)('between two runs', () => {
  it.each([
    [
      'the device disappears',
      'vkEnumeratePhysicalDevices@5/1=gone',
      'Cannot pick a device: no Vulkan driver offers one',
    ],
    [
      'another device takes its place',
      ['vkGetPhysicalDeviceProperties', 'vkGetPhysicalDeviceProperties2'].map(renamed).join(';'),
      'Cannot go on with the run: the device is another device and was llvmpipe',
    ],
    [
      'its UUID changes',
      renamed('vkGetPhysicalDeviceProperties2'),
      'Cannot go on with the run: the device UUID is',
    ],
    ['its queues disappear', 'vkGetPhysicalDeviceQueueFamilyProperties@3/1=gone', 'Cannot '],
  ])('%s: the first run is kept, the second says why there is none', async (_, plan, message) => {
    const struck = await twice(plan);
    expect(struck.code).toBe(1);
    expect(struck.counts.faults).toBeGreaterThan(0);
    expect(struck.report).toMatchObject({
      status: 'complete',
      device: { value: { name: expect.stringContaining('llvmpipe') } },
    });
    const [first, second] = runsOf(struck, 'copy') as [CaseRun, CaseRun];
    expect(first).toMatchObject({ status: 'ok', failure: null });
    expect(samplesOf(first).wallNs.length).toBeGreaterThan(0);
    expect(second).toMatchObject({ status: 'failed', samples: null, failure: { kind: 'device' } });
    expect(second.failure?.message).toContain(message);
    expect(`${struck.stdout}${struck.stderr}`).not.toMatch(/\n\s+at /);
  });

  it('the device is back, and what nobody tried is measured', async () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'report.json');
    const { environment } = (layer as NonNullable<typeof layer>).strike(
      'vkEnumeratePhysicalDevices@5/1=gone',
    );
    const args = [
      'run',
      'copy[n=4Ki]',
      '--runs',
      '2',
      '--min-time',
      '1ms',
      '--max-time',
      '5ms',
      '--out',
      out,
    ];
    expect(await guestmark(args, environment)).toMatchObject({ code: 1 });
    const back = { ...environment, GUESTMARK_FAULT_PLAN: '' };
    expect(await guestmark(['run', '--out', out, '--resume'], back)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('1 of 2 case runs are missing'),
    });
    const report = parseReport(readFileSync(out, 'utf8'), out);
    expect(runsOf({ report }, 'copy').map(({ status }) => status)).toEqual(['ok', 'ok']);
    expect(report.resumed).toMatchObject([{ foundStatus: 'complete', addedCaseRuns: 1 }]);
  });

  it('a device that was lost is back: only the case of the first run that lost it is missing', async () => {
    const struck = await twice('vkQueueSubmit@224=-4', 'empty-submit');
    const runs = ['copy', 'empty-submit'].flatMap((id) => runsOf(struck, id));
    const failed = runs.filter(({ status }) => status !== 'ok');
    expect(struck.code).toBe(1);
    expect(failed).toMatchObject([
      { run: 1, failure: { message: expect.stringContaining('VK_ERROR_DEVICE_LOST') } },
    ]);
    for (const run of runs) if (run.status === 'ok') expect(samplesOf(run).wallNs.length).toBeGreaterThan(0);
    // Nothing of a lost device is freed: neither it nor its instance.
    expect(struck.counts.objects).toMatchObject({
      VkDevice: { made: 3, gone: 2 },
      VkInstance: { made: 3, gone: 2 },
    });
    expect(struck.report.processes.map(({ end }) => end)).toEqual(['stopped', 'done', 'done']);
  });
});
