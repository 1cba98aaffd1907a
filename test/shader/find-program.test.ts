import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/shader/find-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'a', 'tool'), { recursive: true });
mkdirSync(join(folder, 'b'));
writeFileSync(join(folder, 'b', 'tool'), '', { mode: 0o755 });
writeFileSync(join(folder, 'b', 'data'), '', { mode: 0o644 });

describe('findProgram()', () => {
  const PATH = ['', 'missing', 'a', 'b'].map((name) => join(folder, name)).join(delimiter);

  it('passes over folders and what cannot be executed', async () => {
    expect(await findProgram(['data', 'tool'], { PATH })).toBe(join(folder, 'b', 'tool'));
    expect(await findProgram(['data'], { PATH })).toBeUndefined();
    expect(await findProgram(['tool'], {})).toBeUndefined();
  });

  it('gives an absolute path for a relative folder', async () => {
    const PATH = relative(process.cwd(), join(folder, 'b'));
    expect(await findProgram(['tool'], { PATH })).toBe(join(folder, 'b', 'tool'));
  });
});
