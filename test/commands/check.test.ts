import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { type CheckOptions, checkCommand } from '../../src/commands/check.ts';
import type { Terminal } from '../../src/commands/terminal.ts';
import type { Expandable } from '../../src/definition/expand-definition.ts';
import { leastDevice, SAMPLE_STATEMENTS, said, sampleExpandable } from '../definition/sample-definition.ts';

/** The sample with more statements; nothing validated its module. */
function shader(...more: readonly string[]): Expandable {
  const statements = more.map((text) => said(text, '--pragma', 'command line'));
  const one = sampleExpandable([...SAMPLE_STATEMENTS, ...statements]);
  return {
    ...one,
    definition: { ...one.definition, validator: { name: null, reason: 'no spirv-val is in PATH' } },
  };
}

async function printed(
  changes: Partial<CheckOptions>,
): Promise<{ code: number; text: string; notes: string }> {
  const [lines, notes]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    width: 100,
    color: false,
    errorWidth: 100,
    errorColor: false,
    isInteractive: false,
    print: (text) => void lines.push(text),
    note: (text) => void notes.push(text),
    drawProgress: () => {},
    drawStatus: () => {},
    clearProgress: () => {},
  };
  const options = {
    shaders: [shader('axis n = 1Ki, 1Mi')],
    device: available(leastDevice()),
    json: false,
    disassemble: null,
  };
  const code = await checkCommand({ ...options, ...changes }, terminal);
  return { code, text: lines.join('\n'), notes: notes.join('\n') };
}

describe('checkCommand()', () => {
  it('ends with 0 and a verdict where every case fits', async () => {
    const { code, text } = await printed({});
    expect(code).toBe(0);
    expect(text).toMatch(/\n2 cases: all of them fit least device\n$/);
    expect(text).toContain('nothing: no spirv-val is in PATH');
  });

  it.each([
    ['a case that exceeds a limit', 'axis n = 1Ki, 64Mi', '1 of 2 cases do not fit least device'],
    [
      'a case without a value',
      'elements x = 1 / (n - 1Ki)',
      'Cannot evaluate "1 / (n - 1Ki)": it divides by zero',
    ],
    ['a feature that the device lacks', 'requires shaderFloat64', '2 of 2 cases do not fit'],
  ])('ends with 1 for %s', async (_, statement, said) => {
    const { code, text } = await printed({ shaders: [shader('axis n = 1Ki, 1Mi', statement)] });
    expect(code).toBe(1);
    expect(text).toContain(said);
  });

  it('says that no limits were compared where there is no device, and why', async () => {
    const { code, text } = await printed({ device: unavailable('no Vulkan driver') });
    expect(code).toBe(0);
    expect(text).toContain('none, so no limits are compared: no Vulkan driver');
    expect(text).toMatch(/\n2 cases; no limits were compared\n$/);
  });

  it('prints a document that its schema accepts, with no SPIR-V in it', async () => {
    const { code, text, notes } = await printed({ json: true });
    expect([code, notes]).toEqual([0, '']);
    expect(JSON.parse(text)).toMatchObject({ schema: 'guestmark-check', schemaVersion: '1.0' });
    expect(text).not.toContain(sampleExpandable().definition.spirv.slice(0, 100));
  });

  it('adds the disassembly where it is asked for, or why there is none', async () => {
    const shown = await printed({
      disassemble: async (spirv) => available(`; ${spirv.byteLength} bytes`),
    });
    expect(shown.text).toContain('\n; 6332 bytes\n');
    const missing = await printed({ disassemble: async () => unavailable('spirv-dis is not installed') });
    expect([missing.code, missing.text]).toEqual([
      0,
      expect.stringContaining('no disassembly: spirv-dis is not'),
    ]);
  });

  it('shows several shaders one after the other', async () => {
    const { code, text } = await printed({ shaders: [shader('axis n = 1'), shader('axis n = 64Mi')] });
    expect(code).toBe(1);
    expect(text.match(/^(1 case: it fits|the only case does not fit) least device$/gm)).toHaveLength(2);
  });
});
