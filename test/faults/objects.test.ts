// What is created in Vulkan is destroyed: by every command that opens a device, and whichever call fails. A layer below the product
// counts, in all processes of a command.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { guestmark, temporaryFolder } from '../e2e/guestmark.ts';
import { hasCompiler } from '../fixtures/compiled-library.ts';
import { buildFaultLayer, type FaultCounts } from './layer/fault-layer.mjs';

const present = hasCompiler('test/faults/objects');
const layer = present ? buildFaultLayer() : null;
const folder = temporaryFolder();
afterAll(() => {
  layer?.[Symbol.dispose]();
  folder[Symbol.dispose]();
});

const hasValidation = !(process.env.GUESTMARK_MISSING_TEST_TOOLS ?? '').includes('validation-layer');
const OUT = join(folder.path, 'report.json');
const SHORT = ['--runs', '1', '--min-time', '1ms', '--max-time', '5ms', '--out', OUT];
const KERNELS = ['copy[n=4Ki]', 'image-copy-rgba8[size=64]', 'copy-h2d[bytes=4Ki]', 'submit-dispatch'];
const HOST = [
  'allocate[bytes=64Ki]',
  'create-device',
  'create-instance',
  'event-host',
  'map[bytes=64Ki]',
  'pipeline-creation[cache=2,size=0,dispatch=1]',
  'semaphore-chain',
  'timeline-signal',
];
const ALL = [...KERNELS, ...HOST];

/** Made, and what is left of it. */
function balance({ objects, allocatedBytes, freedBytes }: FaultCounts) {
  const left = Object.entries(objects).filter(([, { made, gone }]) => made !== gone);
  const made = Object.entries(objects).filter((entry) => entry[1].made > 0);
  return {
    made: made.map(([type]) => type),
    left: Object.fromEntries(left),
    bytes: allocatedBytes - freedBytes,
  };
}

const NOTHING_LEFT = { left: {}, bytes: 0 };

describe.skipIf(!present)('what is created in Vulkan is destroyed', () => {
  it.each([
    ['run', 'VkPipeline', ['run', ...ALL, ...SHORT]],
    ['run under koffi', 'VkPipeline', ['run', ...KERNELS, ...SHORT, '--binding', 'koffi']],
    ['run under nvk', 'VkPipeline', ['run', ...KERNELS, ...SHORT, '--binding', 'nvk']],
    ...(hasValidation
      ? ([['run --validate', 'VkPipeline', ['run', ...KERNELS, ...SHORT, '--validate']]] as const)
      : []),
    ['check', 'VkInstance', ['check', 'test/fixtures/custom/bare.comp']],
    ['devices', 'VkInstance', ['devices']],
    ['system', 'VkInstance', ['system']],
  ] as const)('by guestmark %s', async (_, type, args) => {
    const strike = (layer as NonNullable<typeof layer>).strike('');
    const { code, stderr } = await guestmark(args, strike.environment);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { made, ...rest } = balance(strike.counts());
    // A layer that was not loaded would count nothing.
    expect(made).toContain(type);
    expect(rest).toEqual(NOTHING_LEFT);
  });

  const inNode = promisify(execFile);
  const run = async (args: readonly string[]): Promise<readonly Record<string, unknown>[]> => {
    // Mesa's own layer, which only sorts devices, goes on where listing their extensions failed, and crashes.
    const env = { ...process.env, NODEVICE_SELECT: '1' };
    const { stdout } = await inNode(process.execPath, [...args], { env });
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  // The first call of every command fails once, in a device of its own.
  it.each([
    ['koffi', '-1', ['free[bytes=64Ki,touched=1]', 'first-touch-gpu[touch=1,bytes=64Ki]', ...HOST]],
    ['nvk', '-2', ['copy[n=4Ki]', 'image-copy-rgba8[size=64]']],
  ] as const)('under %s also when any of its calls returns %s', async (binding, result, cases) => {
    const rows = await run(['test/faults/fail-each-call.mjs', binding, result, '1', ...cases]);
    expect(rows.length).toBe(cases.length);
    for (const { id, injected, failed, ...rest } of rows) {
      expect(rest, String(id)).toEqual({
        faultless: { said: 'ok', left: '' },
        notInjected: [],
        unusable: [],
        left: [],
      });
      expect(injected).toBeGreaterThan(5);
      expect(failed).toBeGreaterThan(5);
    }
  });

  it('and a failure that comes again and again leaves no file descriptor, thread or memory either', async () => {
    const times = 60;
    const [outcomes] = await run(['--expose-gc', 'test/faults/fail-again.mjs', String(times)]);
    expect(outcomes).toMatchObject([
      {
        name: 'openDevice',
        faults: times,
        said: [expect.stringContaining('VK_ERROR_INITIALIZATION_FAILED')],
      },
      { name: 'listDevices', faults: 0 },
      { name: 'runCase', said: [expect.stringContaining('VK_ERROR_OUT_OF_DEVICE_MEMORY')] },
    ]);
    for (const outcome of outcomes as unknown as Record<string, number>[]) {
      expect(outcome).toMatchObject({ left: {}, leftBytes: 0, fds: 0, threads: 0 });
      // Mostly code that is compiled meanwhile; 0.2 to 1 KiB over 1,000 times.
      expect(outcome.heapBytesEach).toBeLessThan(32 * 1024);
    }
  });
});
