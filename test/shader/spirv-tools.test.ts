import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import { disassembleSpirv, validateSpirv } from '../../src/shader/spirv-tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hasTool = spawnSync('spirv-dis', ['--version']).error === undefined;
if (!hasTool) console.warn('Tests of disassembly are skipped: no spirv-dis is in PATH');

describe('disassembleSpirv()', () => {
  it.skipIf(!hasTool)('gives the assembly, without colours', async () => {
    const text = await disassembleSpirv(loadShippedKernel('copy-w4'));
    expect(text).toMatchObject({ available: true, value: expect.stringContaining('OpEntryPoint GLCompute') });
    expect(JSON.stringify(text)).not.toContain('\\u001b');
  });

  it.skipIf(!hasTool)('says why a module has none', async () => {
    expect(await disassembleSpirv(new Uint8Array(8))).toMatchObject({
      reason: expect.stringContaining('spirv-dis refuses the module: '),
    });
  });

  it('says that the tool is missing', async () => {
    const reason = 'no spirv-dis is in PATH';
    expect(await disassembleSpirv(new Uint8Array(8), { PATH: '' })).toEqual({ available: false, reason });
  });
});

describe('validateSpirv()', () => {
  it('ends a validator that does not end', async () => {
    const path = join(folder, 'spirv-val');
    const script = '#!/bin/sh\nif [ "$1" = --version ]; then echo "SPIRV-Tools v1"; else exec sleep 60; fi\n';
    writeFileSync(path, script, { mode: 0o755 });
    const errand = { file: 'a.spv', targetEnvironment: 'vulkan1.1', limitMs: 200 } as const;
    const environment = { ...process.env, GUESTMARK_SPIRV_VAL: path };
    await expect(validateSpirv(new Uint8Array(8), { ...errand, environment })).rejects.toMatchObject({
      code: 'timeout',
      message: `Cannot validate shader a.spv: ${path} did not end within 200 ms`,
    });
  });
});
