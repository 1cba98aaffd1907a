import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HistoryRequest, historyCommand } from '../../src/commands/history.ts';
import type { Terminal } from '../../src/commands/terminal.ts';
import { HISTORY_DEFAULTS, type History } from '../../src/history/history.ts';
import { historySchema } from '../../src/history/history-schema.ts';
import { parseSelector } from '../../src/suite/selector.ts';
import { around, caseResult, caseRun, sampleColumns, sampleReport } from '../report/sample-report.ts';

let folder = '';
const below = (name: string): string => join(folder, name);

/** Ten nightly reports, of which the last five are 4 % slower; and what else lies in such folders. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestmark-history-'));
  for (let day = 1; day <= 10; day++) {
    // Nights differ by up to 0.2 %.
    const factor = (day > 5 ? 1.04 : 1) * (1 + 0.001 * (((day * 7) % 5) - 2));
    const runs = [1, 2, 3].map((run) =>
      caseRun({ run, samples: sampleColumns(around(4e6 * factor + run * 2e3, 12)) }),
    );
    const startedAt = `2026-01-${String(day).padStart(2, '0')}T03:00:00.000Z`;
    const report = sampleReport({ results: [caseResult({ runs })], startedAt, processes: [] });
    writeFileSync(below(`${day}.json`), JSON.stringify(report));
  }
  writeFileSync(below('truncated.json'), readFileSync(below('1.json'), 'utf8').slice(0, 999));
  writeFileSync(below('newer.json'), JSON.stringify({ schema: 'guestmark-report', schemaVersion: '2.0' }));
  writeFileSync(below('foreign.json'), '{"a":1}');
  writeFileSync(below('notes.txt'), 'no report');
  writeFileSync(below('hyperfine.export'), '{"results":[{"command":"true","times":[1,1]}]}');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command printed and noted, and how it ended. */
interface Outcome {
  readonly code: number;
  readonly printed: string;
  readonly notes: readonly string[];
}

async function historyOfFolder(changes: Partial<HistoryRequest> = {}): Promise<Outcome> {
  const [printed, notes]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    ...{ width: 120, color: false, errorWidth: 120, errorColor: false, isInteractive: false },
    print: (text) => void printed.push(text),
    note: (text) => void notes.push(text),
    ...{ drawProgress: () => undefined, drawStatus: () => undefined, clearProgress: () => undefined },
  };
  const request: HistoryRequest = {
    ...{
      paths: [folder],
      options: HISTORY_DEFAULTS,
      selectors: [],
      failOnSlower: false,
      format: null,
      out: null,
    },
    ...changes,
  };
  const code = await historyCommand(request, terminal);
  return { code, printed: printed.join(''), notes };
}

describe('historyCommand()', () => {
  it('shows where a folder of reports changed, and tells of each file that is none', async () => {
    const { code, printed, notes } = await historyOfFolder();
    expect(code).toBe(0);
    expect(printed).toContain('slower between report 5 (2026-01-05 03:00) and 6 (2026-01-06 03:00): +4.0 %');
    expect(printed).toContain('10 reports from 2026-01-01 03:00 to 2026-01-10 03:00');
    expect(notes.map((note) => /[^/]*\.json/.exec(note)?.[0])).toEqual([
      'foreign.json',
      'newer.json',
      'truncated.json',
    ]);
  });

  it('fails on a slowdown only if it is asked to, and not where reports begin behind it', async () => {
    expect((await historyOfFolder({ failOnSlower: true })).code).toBe(1);
    const options = { ...HISTORY_DEFAULTS, sinceMs: Date.parse('2026-01-06') };
    expect((await historyOfFolder({ failOnSlower: true, options })).code).toBe(0);
  });

  it('writes JSON that fits its schema, into a file too', async () => {
    const out = below('history.json.txt');
    const { printed } = await historyOfFolder({ format: 'json', out });
    expect(printed).toContain('of 1 series 1 changed');
    const history: History = historySchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect([history.series.length, history.reports.length, history.refused.length]).toEqual([1, 10, 3]);
  });

  it.each([
    ['no folder', { paths: ['/nowhere'] }, 'there is no report in /nowhere'],
    ['no such case', { selectors: [parseSelector('triad')] }, 'Cannot show a history of triad'],
    [
      'nothing so late',
      { options: { ...HISTORY_DEFAULTS, sinceMs: Date.parse('2027-01-01') } },
      'Cannot show a history since 2027-01-01',
    ],
  ])('says what is wrong with %s', async (_, changes, message) => {
    await expect(historyOfFolder(changes)).rejects.toThrow(message);
  });

  it('does not call a report without a time an old one', async () => {
    const options = { ...HISTORY_DEFAULTS, sinceMs: Date.parse('2026-01-01') };
    await expect(historyOfFolder({ paths: [below('hyperfine.export')], options })).rejects.toThrow(
      'does not tell when it began',
    );
  });
});
