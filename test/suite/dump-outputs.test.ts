import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Benchmark } from '../../src/suite/benchmark.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { checkDumpFolder } from '../../src/suite/dump-outputs.ts';
import { parseNpy } from './read-npy.ts';
import { run, world } from './simulated-world.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestmark-dump-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Outputs of a kernel that adds one to the counter, whatever else is declared. */
function dumped(parts: Partial<Benchmark> = {}, runNumber = 1): Promise<CaseRun> {
  const { session } = world();
  const options = { ...session.options, run: runNumber, dumpFolder: folder };
  return run({ ...session, options }, parts);
}

const file = (name: string): Buffer => readFileSync(join(folder, 'count_n=4', name));

describe('dumpOutputs()', () => {
  it('writes what an iteration writes, raw and for NumPy, and describes it', async () => {
    expect(await dumped()).toMatchObject({ status: 'ok' });
    expect(readdirSync(join(folder, 'count_n=4')).sort()).toEqual([
      'counter.bin',
      'counter.npy',
      'outputs.json',
    ]);
    const raw = Buffer.from(Uint32Array.of(1).buffer);
    expect(file('counter.bin')).toEqual(raw);
    expect(parseNpy(file('counter.npy'))).toEqual({ descr: '<u4', shape: [1], data: raw });
    expect(JSON.parse(file('outputs.json').toString())).toEqual({
      case: 'count[n=4]',
      benchmark: 'count',
      axes: { n: 4 },
      outputs: [
        {
          name: 'counter',
          type: 'u32',
          shape: [1],
          bytes: 4,
          sha256: createHash('sha256').update(raw).digest('hex'),
          raw: 'counter.bin',
          npy: 'counter.npy',
        },
      ],
    });
  });

  it('writes images as rows of texels', async () => {
    const image = { format: 'rg16i', dimensions: '2d', extent: () => [4, 3, 1] as const } as const;
    const buffers = {
      counter: { type: 'u32', elements: () => 1 },
      img: { type: 'i16', elements: () => 24, image, fill: 'random' },
    } as const;
    await dumped({ buffers, verifies: 'one iteration', repeatable: ['img'] });
    const { descr, shape, data } = parseNpy(file('img.npy'));
    expect({ descr, shape }).toEqual({ descr: '<i2', shape: [3, 4, 2] });
    expect(data).toEqual(file('img.bin'));
  });

  it('writes outputs that are wrong, too', async () => {
    const result = await dumped({ verify: () => wrong });
    expect(result.failure?.kind).toBe('verification');
    expect(file('counter.bin').readUInt32LE()).toBe(1);
  });

  it('writes in the first run only', async () => {
    expect(await dumped({}, 2)).toMatchObject({ status: 'ok' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('fails the case where it cannot write, unless its output is wrong', async () => {
    writeFileSync(join(folder, 'count_n=4'), '');
    const { status, failure } = await dumped();
    expect({ status, failure }).toMatchObject({ status: 'failed', failure: { kind: 'error' } });
    expect(failure?.message).toMatch(/^Cannot write outputs to ".*count_n=4": /);
    expect((await dumped({ verify: () => wrong })).failure?.kind).toBe('verification');
  });
});

const wrong = {
  ok: false,
  checked: 1,
  mismatches: 1,
  first: { what: 'counter', index: 0, actual: 1, expected: 2 },
} as const;

describe('checkDumpFolder()', () => {
  it('makes the folder and leaves nothing in it', () => {
    const deep = join(folder, 'a', 'b');
    checkDumpFolder(deep);
    expect(readdirSync(deep)).toEqual([]);
  });

  it('says why nothing can be written there', () => {
    const taken = join(folder, 'taken');
    writeFileSync(taken, '');
    const error = { code: 'output', message: expect.stringContaining(`Cannot write outputs to "${taken}`) };
    expect(() => checkDumpFolder(taken)).toThrow(expect.objectContaining(error));
    expect(() => checkDumpFolder(join(taken, 'below'))).toThrow(expect.objectContaining(error));
  });
});
