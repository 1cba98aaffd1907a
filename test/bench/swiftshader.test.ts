// Every built-in benchmark on a device that lacks much: what it cannot do is skipped with a reason, and all else is right.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type OpenedDevice, openDevice } from '../../src/vulkan/open-device.ts';
import { BENCHMARKS, smallCases, verifyOn } from './on-device.ts';
import { verifyOperationOn } from './operation-on-device.ts';
import { fetchSwiftShader } from './swiftshader.ts';

// Not made where all is skipped: nothing is cleared away then.
let folder = '';
const opened = open();
afterAll(() => {
  if (typeof opened === 'object') opened[Symbol.dispose]();
  if (folder !== '') rmSync(folder, { recursive: true });
});

/** The device, or why there is none. */
function open(): OpenedDevice | string {
  if (process.arch !== 'x64') return 'there is a build for x64 only';
  // 68 MB are fetched for it, and it takes as long as lavapipe does: not on every run of everyone's tests.
  if (process.env.GUESTMARK_SWIFTSHADER === undefined)
    return 'GUESTMARK_SWIFTSHADER is not set in the environment';
  folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
  try {
    process.env.VK_DRIVER_FILES = fetchSwiftShader(folder);
    process.env.VK_ICD_FILENAMES = process.env.VK_DRIVER_FILES;
  } catch (error) {
    rmSync(folder, { recursive: true });
    folder = '';
    return String(error);
  }
  return openDevice({ binding: 'koffi', match: 'SwiftShader' });
}

if (typeof opened === 'string') console.warn(`SwiftShader is not tested: ${opened}`);

describe.skipIf(typeof opened === 'string')('on SwiftShader', () => {
  const { device } = opened as OpenedDevice;

  it.each(BENCHMARKS.map((benchmark) => [benchmark.name, benchmark] as const))(
    '%s is right or skipped with a reason',
    async (_, benchmark) => {
      for (const one of smallCases(benchmark, 'smallest')) {
        const outcome =
          benchmark.operation === undefined
            ? verifyOn(device, one)
            : await verifyOperationOn(opened as OpenedDevice, one);
        if (outcome.status === 'skipped') expect(outcome.reason).toMatch(/^Cannot run .+: .+/);
        else expect(outcome, one.id).toMatchObject({ status: 'ok' });
      }
    },
  );
});
