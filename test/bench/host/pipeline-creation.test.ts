// What the figures of a pipeline rest on: constants that are new, and a disk cache that is on or off as the case says.
import { afterAll, describe, expect, it, vi } from 'vitest';
import { freshKeys } from '../../../bench/parts/pipeline-source.ts';
import { bytesOnDisk, cacheVariables, withEnvironment } from '../../../bench/parts/shader-cache.ts';
import { expectedResult } from '../../../bench/parts/specialized-kernel.ts';
import { Scope } from '../../../src/base/scope.ts';
import { openDevice } from '../../../src/vulkan/index.ts';
import { hostContextOn } from '../host-context-on.ts';
import { casesOf } from '../on-device.ts';

const opened = openDevice({ match: 'llvmpipe' });
afterAll(() => opened[Symbol.dispose]());

/** Figures of a case of which a few operations ran, asked again until they are as `isDone` wants: caches write late. */
async function figuresOf(selector: string, isDone: (figures: Record<string, number>) => void) {
  using scope = new Scope();
  const [one] = casesOf(selector);
  if (one === undefined) throw new Error(`no case is ${selector}`);
  const host = hostContextOn(opened, one, scope);
  const operation = await one.benchmark.operation?.(one.axes, host);
  operation?.run();
  operation?.wait?.();
  operation?.reset?.();
  expect(operation?.verify(1)).toMatchObject({ ok: true });
  await vi.waitFor(
    () => {
      const figures = (operation?.figures?.() ?? []).map(({ id, estimate }) => [
        id,
        estimate.available ? estimate.value.value : Number.NaN,
      ]);
      isDone(Object.fromEntries(figures));
    },
    { timeout: 10_000, interval: 50 },
  );
}

describe('pipeline-creation', () => {
  it('lets the driver keep nothing on disk where it is cold', async () => {
    await figuresOf('pipeline-creation[cache=0,size=0,dispatch=1]', (figures) =>
      expect(figures).toEqual({ diskCache: 0 }),
    );
  });

  it('lets it keep the kernel where that is what is measured, in a folder of its own', async () => {
    await figuresOf('pipeline-creation[cache=3,size=0,dispatch=1]', (figures) =>
      expect(figures.diskCache).toBeGreaterThan(0),
    );
  });

  it('loads what a VkPipelineCache saved', async () => {
    await figuresOf('pipeline-creation[cache=2,size=0,dispatch=1]', (figures) => {
      // Every cache has a header of 32 bytes (VkPipelineCacheHeaderVersionOne); lavapipe's has no more.
      expect(figures.savedCache).toBeGreaterThanOrEqual(32);
      expect(figures.reload).toBeGreaterThan(0);
    });
  });
});

describe('withEnvironment()', () => {
  it('puts back what was set, and removes what was not, also where the act fails', () => {
    vi.stubEnv('MESA_SHADER_CACHE_DIR', '/of/the/user');
    vi.stubEnv('__GL_SHADER_DISK_CACHE', undefined);
    const seen = (): unknown =>
      withEnvironment(cacheVariables('/of/ours', false), () => ({ ...process.env }));
    expect(seen()).toMatchObject({ MESA_SHADER_CACHE_DIR: '/of/ours', __GL_SHADER_DISK_CACHE: '0' });
    const fail = (): never => {
      throw new Error('no device');
    };
    expect(() => withEnvironment(cacheVariables('/of/ours', true), fail)).toThrow('no device');
    expect(process.env.MESA_SHADER_CACHE_DIR).toBe('/of/the/user');
    expect(process.env).not.toHaveProperty('__GL_SHADER_DISK_CACHE');
    vi.unstubAllEnvs();
  });
});

describe('freshKeys()', () => {
  it('gives no number twice, and others in another process', () => {
    const [ours, theirs] = [freshKeys(), freshKeys()].map((next) => Array.from({ length: 1000 }, next));
    expect(new Set([...(ours ?? []), ...(theirs ?? [])]).size).toBe(2000);
    expect(ours?.every((key) => Number.isInteger(key) && key >= 0 && key < 2 ** 32)).toBe(true);
  });
});

describe('expectedResult()', () => {
  const base = { key: 7, steps: 100, invocation: 3, dispatches: 2 };
  it.each([{ key: 8 }, { steps: 99 }, { invocation: 4 }, { dispatches: 3 }])('depends on %o', (change) => {
    expect(expectedResult({ ...base, ...change })).not.toBe(expectedResult(base));
  });
});

describe('bytesOnDisk()', () => {
  it('counts files below a folder', () => {
    expect(bytesOnDisk(new URL('../../../bench', import.meta.url).pathname)).toBeGreaterThan(0);
  });
});
