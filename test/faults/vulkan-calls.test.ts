// Every command of Vulkan that a small run makes fails once, at a call that is drawn. The whole quick suite under every
// command, and all four errors at each, are in docs/measurements/reliability/fault-matrix.mjs.
import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { commandTable } from '../../src/vulkan/registry/commands.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { buildFaultLayer, hasCompiler } from './layer/fault-layer.mjs';
import { judgeStruck, type StruckRun, strikeRun } from './layer/strike-run.mjs';

const CODES = {
  VK_ERROR_DEVICE_LOST: -4,
  VK_ERROR_OUT_OF_DEVICE_MEMORY: -2,
  VK_ERROR_OUT_OF_HOST_MEMORY: -1,
  VK_ERROR_INITIALIZATION_FAILED: -3,
} as const;
const CASES = ['copy[n=4Ki]', 'image-copy-rgba8[size=256]'];
const RUNS = 1;
const PLANNED = { cases: CASES.length, runs: RUNS };

const present = hasCompiler();
if (!present) console.warn('vulkan-calls.test.ts: skipped, because there is no C compiler for the layer');
const layer = present ? buildFaultLayer() : null;
const folder = present ? temporaryFolder() : null;
afterAll(() => {
  layer?.[Symbol.dispose]();
  folder?.[Symbol.dispose]();
});

const struck = (plan: string, runs = RUNS): Promise<StruckRun> =>
  strikeRun(layer as NonNullable<typeof layer>, {
    plan,
    args: [...CASES, '--runs', String(runs)],
    folder: folder?.path ?? '',
  });

describe.skipIf(!present)('a run in which a call of Vulkan fails', () => {
  it('loses no result but the one that was struck, whichever command it is', {
    timeout: 300_000,
  }, async () => {
    const control = await struck('');
    expect(judgeStruck(control, PLANNED)).toMatchObject({ problems: [], failures: [] });
    const random = seededRandom(9);
    const commands = Object.entries(control.calls).filter(
      ([name, calls]) => calls > 0 && commandTable[name as keyof typeof commandTable].returns === 'VkResult',
    );
    expect(commands.length).toBeGreaterThan(30);
    let faults = 0;
    for (const [turn, [name, calls]] of commands.entries()) {
      const [result, code] = Object.entries(CODES)[turn % 4] as [string, number];
      const plan = `${name}@${1 + Math.floor((random() * calls) / 2)}=${code}`;
      const outcome = await struck(plan);
      const { problems, failures, refused } = judgeStruck(outcome, PLANNED);
      expect({ plan, problems }).toEqual({ plan, problems: [] });
      // Who was struck says by what; the loader calls some commands within others of the same result.
      const told = refused ? outcome.stderr : failures.map(({ failure }) => failure?.message).join();
      if (refused || failures.length > 0) expect(told).toContain(`: the driver returned ${result}`);
      faults += outcome.faults;
    }
    expect(faults).toBe(commands.length);
  });

  it('opens a device again that did not come back at once, and loses nothing', async () => {
    const outcome = await struck('vkCreateDevice@2=-3', 2);
    expect(judgeStruck(outcome, { ...PLANNED, runs: 2 })).toMatchObject({
      problems: [],
      failures: [],
      lost: 0,
    });
    expect(outcome.report?.warnings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('the device did not open and was tried again: Cannot complete vkCreateDevice'),
    );
  });
});
