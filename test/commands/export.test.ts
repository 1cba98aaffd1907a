// The command in this process, with real files; that of the built command line is in test/e2e/export.test.ts.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExportOptions, exportCommand } from '../../src/commands/export.ts';
import type { Terminal } from '../../src/commands/terminal.ts';
import { parseSelector } from '../../src/suite/selector.ts';
import { caseResult, caseRun, sampleColumns, sampleReport } from '../report/sample-report.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestmark-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const REPORT = sampleReport({
  results: [caseResult({ runs: [caseRun({ samples: sampleColumns([1e6, 2e6]) })] })],
});

async function run(
  options: Partial<ExportOptions>,
): Promise<{ printed: string; notes: string[]; code: number }> {
  let printed = '';
  const notes: string[] = [];
  const terminal = { print: (text: string) => (printed += text), note: (text: string) => notes.push(text) };
  const code = await exportCommand(
    { format: 'samples-csv', paths: [folder], out: null, selectors: [], ...options },
    terminal as unknown as Terminal,
  );
  return { printed, notes, code };
}

const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('exportCommand()', () => {
  it('exports what it can read, and says once what it cannot', async () => {
    mkdirSync(join(folder, 'more'));
    put('a.json', JSON.stringify(REPORT));
    put('b.json', JSON.stringify(REPORT).slice(0, 1000));
    put('c.json', '{"results":[]}');
    put('d.json', JSON.stringify({ ...REPORT, schemaVersion: '2.0' }));
    put('more/e.json', JSON.stringify(REPORT));
    const { printed, notes, code } = await run({ paths: [folder, join(folder, 'missing')] });
    expect(code).toBe(0);
    expect(printed.trimEnd().split('\n').length).toBe(1 + 2 * 2);
    expect(notes.length).toBe(4);
    for (const name of ['missing', 'b.json', 'c.json', 'd.json'])
      expect(notes.filter((note) => note.includes(name)).length, name).toBe(1);
  });

  it('writes a file whole, and nothing where there is no report', async () => {
    put('a.json', JSON.stringify(REPORT));
    const out = join(folder, 'out.csv');
    expect(await run({ out })).toMatchObject({ code: 0, printed: `Export: ${out}` });
    expect(readFileSync(out, 'utf8').split('\n').length).toBe(4);
    await expect(run({ paths: [], out })).rejects.toThrow('Cannot export anything: no report is named');
    const broken = put('broken.json', '{');
    await expect(run({ paths: [broken], out })).rejects.toThrow('none of the files is a report');
    await expect(run({ selectors: [parseSelector('other')], out })).rejects.toThrow(
      'Cannot export other: no report has such a case',
    );
    expect(readFileSync(out, 'utf8').split('\n').length).toBe(4);
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'broken.json', 'out.csv']);
  });

  it('finds out that it cannot write before it reads', async () => {
    const out = join(folder, 'none', 'out.csv');
    await expect(run({ paths: ['/nowhere'], out })).rejects.toThrow(
      `Cannot write export "${out}": the folder does not exist`,
    );
  });
});
