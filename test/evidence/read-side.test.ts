import { constants } from 'node:buffer';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSide } from '../../src/evidence/read-side.ts';
import { caseResult, fiveRuns, sampleReport } from '../report/sample-report.ts';
import { sampleTimeReport } from '../report/sample-time-report.ts';

const RESULT = caseResult({ runs: fiveRuns().slice(0, 2) });
const REPORT = sampleReport({ results: [RESULT] });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestmark-side-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
  );
  return path;
}

/** The one sentence with which a file is refused. */
async function refusal(content: unknown, name = 'refused.json'): Promise<string> {
  const { reports, cases, refused } = await readSide([write(name, content)]);
  expect([reports, cases, refused.length]).toEqual([[], [], 1]);
  return refused[0]?.message.replace(`${folder}/`, '') as string;
}

describe('readSide()', () => {
  it('puts the runs of a case over all reports together, each with its report', async () => {
    const paths = [
      write('1.json', REPORT),
      write('2.json', { ...REPORT, startedAt: '2026-02-02T00:00:00Z' }),
    ];
    const { reports, cases, refused } = await readSide(paths);
    expect(reports.map(({ path }) => path)).toEqual(paths);
    expect(refused).toEqual([]);
    expect(cases).toHaveLength(1);
    expect(cases[0]?.runs.map(({ report, run }) => [report, run])).toEqual([
      ...[
        [0, 1],
        [0, 2],
      ],
      ...[
        [1, 1],
        [1, 2],
      ],
    ]);
  });

  it('reads reports of all kinds', async () => {
    const hyperfine = { results: [{ command: 'sleep 1', times: [1, 2], exit_codes: [0, 0] }] };
    const { reports, cases } = await readSide([
      ...[write('1.json', REPORT), write('2.json', sampleTimeReport())],
      write('3.json', `\ufeff${JSON.stringify(hyperfine)}`),
    ]);
    expect(reports.map(({ producer }) => producer)).toEqual(['guestmark', 'guestmark time', 'hyperfine']);
    expect(cases.map(({ id, runs }) => [id, runs.length])).toEqual([
      [RESULT.id, 2],
      ['sleep 1', 3],
    ]);
  });

  it('goes on behind files that it cannot use, and counts reports without them', async () => {
    const paths = [
      write('1.json', 'no'),
      write('2.json', REPORT),
      join(folder, 'gone'),
      write('3.json', REPORT),
    ];
    const seen: string[] = [];
    const { reports, cases, refused } = await readSide(paths, {
      onFile: (path, done, count) => seen.push(`${done} of ${count}: ${path}`),
    });
    expect(reports.map(({ path }) => path)).toEqual([paths[1], paths[3]]);
    expect(cases[0]?.runs.map(({ report }) => report)).toEqual([0, 0, 1, 1]);
    expect(refused.map(({ path }) => path)).toEqual([paths[2], paths[0]]);
    expect(seen).toEqual([`0 of 3: ${paths[0]}`, `1 of 3: ${paths[1]}`, `2 of 3: ${paths[3]}`]);
  });

  it('reads the same whether threads of its own do it or not', async () => {
    const paths = [
      ...[write('1.json', REPORT), write('2.json', 'no'), write('3.json', sampleTimeReport())],
      write('4.json', { ...REPORT, startedAt: '2026-02-02T00:00:00Z' }),
    ];
    const begun: number[] = [];
    const onFile = (_: string, done: number): void => void begun.push(done);
    const here = await readSide(paths, { threads: 0 });
    expect(await readSide(paths, { threads: 2, onFile })).toEqual(here);
    expect(begun).toEqual([0, 1, 2, 3]);
    expect(here.reports).toHaveLength(3);
  });

  it('uses reports that are not complete, and says so', async () => {
    const { reports } = await readSide([
      write('1.json', { ...REPORT, status: 'partial', statusReason: 'stopped' }),
    ]);
    expect(reports[0]?.status).toBe('partial');
  });

  it.each([
    [
      'a truncated report',
      JSON.stringify(REPORT).slice(0, -500),
      'it is cut off: its JSON does not end; was it copied whole?',
    ],
    [
      'what is nested deeper than any report',
      `{"results":${'['.repeat(201)}`,
      'it is nested more than 200 levels deep; no report is: what wrote it?',
    ],
    ['an empty file', '', 'it is empty; was the run interrupted, or the disk full?'],
    ['a file that is no JSON', '# Results', 'it is not JSON; give a report that guestmark run has written'],
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]), 'it is not JSON; give'],
    [
      'JSON of another program',
      { benchmarks: [] },
      'it is no report; give what guestmark run, guestmark time or hyperfine',
    ],
    ['a bare value', 'null', 'it is no report; give'],
    [
      'another file of ours',
      { schema: 'guestmark-system' },
      'it is of the kind guestmark-system, which holds no runs',
    ],
    [
      'a report of a newer major version',
      { ...REPORT, schemaVersion: '2.0' },
      'schemaVersion: 2.0 is not 1.x',
    ],
    [
      'a time report of a newer major version',
      { ...sampleTimeReport(), schemaVersion: '2.1' },
      'schemaVersion: 2.1 is not 1.x',
    ],
    ['a report with a wrong value', { ...REPORT, status: 'fine' }, 'status: invalid option'],
    [
      'results of hyperfine without times',
      { results: [{ command: 'x', mean: 1 }] },
      'it has no single times',
    ],
  ])('refuses %s with one sentence', async (_, content, message) => {
    const text = await refusal(content);
    expect(text).toMatch(/^Cannot read .*"refused\.json": /);
    expect(text).toContain(message);
    expect(text).not.toMatch(/\n/);
  });

  it('refuses what cannot be read: a device, a file larger than any text', async () => {
    const huge = write('huge.json', '{');
    truncateSync(huge, constants.MAX_STRING_LENGTH + 1);
    const { refused } = await readSide(['/dev/null', huge]);
    expect(refused.map(({ message }) => message.replace(`${folder}/`, ''))).toEqual([
      'Cannot read "/dev/null": it is no regular file; give the file of a report',
      expect.stringMatching(
        /^Cannot read "huge.json": it has 512 MiB, and no more than [\d.]+ MiB can be read with this much memory/,
      ),
    ]);
    rmSync(huge);
  });

  it('says what is wrong in one line of bearable length, whatever the file holds', async () => {
    const message = await refusal({ ...REPORT, [`a\n\u001b[31m${'x'.repeat(10_000)}`]: 1 });
    expect(message).toMatch(/^Cannot read report "refused.json": report: unrecognized key/);
    expect(message.length).toBeLessThanOrEqual(500);
    expect(message).not.toMatch(/\p{Cc}/u);
  });

  it.each(['1.0', '1.2', '1.4', '1.5', '1.9'])('reads a report of version %s', async (schemaVersion) => {
    const newer = schemaVersion === '1.9' ? { weather: 'fine' } : {};
    const { reports, refused } = await readSide([write('1.json', { ...REPORT, schemaVersion, ...newer })]);
    expect([reports.length, refused]).toEqual([1, []]);
  });
});

const TEXT = JSON.stringify(sampleReport({ results: [{ ...RESULT, metrics: [], warnings: [] }] }));

describe('readSide(), of any text', () => {
  const edit = fc.tuple(fc.nat(TEXT.length), fc.nat(30), fc.string({ maxLength: 8, unit: 'binary' }));
  const edited = fc
    .array(edit, { minLength: 1, maxLength: 3 })
    .map((edits) =>
      edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), TEXT),
    );
  const cutOff = fc.nat(TEXT.length - 1).map((length) => TEXT.slice(0, length));
  const value = fc.jsonValue().map((one) => JSON.stringify(one));

  it('gives evidence or one sentence, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(edited, cutOff, value), async (text) => {
        const { reports, refused } = await readSide([write('any.json', text)]);
        expect(reports.length + refused.length).toBe(1);
        expect(refused.every(({ message }) => /^Cannot read .*any\.json/.test(message))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('takes names that every object has for what they are', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const axes = JSON.parse(`{${names.map((name) => `"${name}":1`).join()}}`) as Record<string, number>;
    const results = names.map((id) => ({ ...RESULT, id, benchmark: id, axes }));
    const variables = JSON.parse('{"__proto__":"polluted","constructor":"x"}') as Record<string, string>;
    const report = sampleReport({ results, system: { ...REPORT.system, driverVariables: variables } });
    const path = write('names.json', report);
    const { reports, cases, refused } = await readSide([
      path,
      write('again.json', { ...report, startedAt: 'later' }),
    ]);
    expect(refused).toEqual([]);
    expect(cases.map(({ id, runs }) => [id, runs.length])).toEqual(names.map((id) => [id, 4]));
    expect(reports[0]?.settings.constructor).toBe('x');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(reports[0]?.settings)).toBe(Object.prototype);
  });

  it('refuses fields called as what every object has, and takes them out of newer reports', async () => {
    const polluted = (version: string): string =>
      TEXT.replace('"1.5"', `"${version}"`).replace('"samples":{', '"samples":{"__proto__":{"polluted":1},');
    expect(await refusal(polluted('1.5'))).toMatch(/samples: unrecognized key: "__proto__"/);
    const { reports } = await readSide([write('newer.json', polluted('1.9'))]);
    expect(reports).toHaveLength(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
