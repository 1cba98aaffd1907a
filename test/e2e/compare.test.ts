// `guestmark compare` as a user calls it: what commander reads, exit codes, and what goes to which stream.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { around, caseResult, caseRun, sampleColumns, sampleReport } from '../report/sample-report.ts';
import { guestmark, temporaryFolder } from './guestmark.ts';

/** Six reports of one run each: a folder of a side. */
function writeSide(folder: string, gpuNs: number): string {
  mkdirSync(folder);
  for (let i = 0; i < 6; i++) {
    const run = caseRun({ run: 1, samples: sampleColumns(around(gpuNs * (1 + 0.0005 * i), 20)) });
    const report = sampleReport({ results: [caseResult({ runs: [run] })] });
    writeFileSync(join(folder, `${i}.json`), JSON.stringify(report));
  }
  return folder;
}

describe('guestmark compare', () => {
  it('compares folders, tells of a broken file, and fails when it is told to', async () => {
    using folder = temporaryFolder();
    const bare = writeSide(join(folder.path, 'bare'), 4e6);
    const guest = writeSide(join(folder.path, 'guest'), 4.3e6);
    writeFileSync(join(guest, 'cut.json'), '{"schema":"guestmark-report","schemaVersion":"1.4"');
    const args = ['compare', bare, '--with', guest, '--fail-on', 'unclear,slower', '--noise-floor', '2%'];
    const { code, stdout, stderr } = await guestmark(args);
    expect(code).toBe(1);
    expect(stdout).toContain('6 reports, 6 runs');
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^1 slower, 0 faster, 0 same, 0 unclear of 1 case; /);
    const [refused, failed, ...others] = stderr.trimEnd().split('\n');
    expect(refused).toMatch(/^guestmark: Cannot read .*cut\.json/);
    expect([failed, ...others]).toEqual(['guestmark: Failed by --fail-on: 1 case is slower']);
  });

  it.each([
    [['compare', 'a.json'], 'Cannot compare with nothing: --with names the contender; the form is'],
    [['compare', '--with', 'a.json'], 'Cannot compare without a baseline: it stands before --with'],
    [
      ['compare', 'a', '--with', 'b', '--metric', 'speed'],
      'Cannot read --metric "speed": allowed choices are auto,',
    ],
    [
      ['compare', 'a', '--with', 'b', '--noise-floor', '1'],
      'Cannot read --noise-floor "1": it is not less than 50 %',
    ],
    [
      ['compare', 'a', '--with', 'b', '--json', '--format', 'csv'],
      "option '--json' cannot be used with option",
    ],
  ])('%j is a usage error of one line', async (args, message) => {
    const { code, stdout, stderr } = await guestmark(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
