import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import type { Report } from '../../src/report/report.ts';
import { caseResult, failedCase, sampleReport, skippedCase } from './sample-report.ts';

const SAMPLE = sampleReport({ results: [caseResult(), failedCase(), skippedCase()] });

/** The sample as text after setting fields by path; undefined removes one. */
function changed(changes: Readonly<Record<string, unknown>>): string {
  const copy: unknown = structuredClone(SAMPLE);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const owner = keys
      .slice(0, -1)
      .reduce<unknown>((parent, key) => (parent as Record<string, unknown>)[key], copy);
    (owner as Record<string, unknown>)[keys.at(-1) as string] = value;
  }
  return JSON.stringify(copy);
}

const parse = (text: string): Report => parseReport(text, 'run.json');

describe('parseReport()', () => {
  it('gives back what was written', () => {
    expect(parse(JSON.stringify(SAMPLE))).toEqual(SAMPLE);
  });

  it.each([
    ['text that is not JSON', '{ "schema": ', 'Cannot read report "run.json": it is not JSON'],
    ['JSON that is no report', '[1, 2]', 'Cannot read report "run.json": schema: it is no guestmark report'],
    [
      'a report of another command',
      '{"schema": "guestmark-time"}',
      'schema: it is a file of guestmark-time and no guestmark report',
    ],
    ['null', 'null', 'schema: it is no guestmark report'],
    [
      'a newer major version',
      changed({ schemaVersion: '2.0' }),
      'schemaVersion: 2.0 is not 1.x, which this version of guestmark reads',
    ],
    ['a version that is none', changed({ schemaVersion: 'new' }), 'schemaVersion: new is not'],
    ['a missing field', changed({ 'system.hostname': undefined }), 'system.hostname: invalid input'],
    [
      'a field it does not know',
      changed({ 'results.0.mood': 'good' }),
      'results[0]: unrecognized key: "mood"',
    ],
    [
      'a number that is a text',
      changed({ 'results.0.runs.0.samples.wallNs.2': '7' }),
      'results[0].runs[0].samples.wallNs[2]: invalid input',
    ],
    [
      'columns of different length',
      changed({ 'results.0.runs.1.samples.gpuNs': Array(29).fill(1) }),
      'results[0].runs[1].samples.gpuNs: 29 values where wallNs has 30',
    ],
    [
      'a failed run without a failure',
      changed({ 'results.1.runs.0.failure': null }),
      'results[1].runs[0].failure: missing where the status is failed',
    ],
    [
      'a good run with a failure',
      changed({ 'results.1.runs.0.status': 'ok' }),
      'results[1].runs[0].failure: present where the status is ok',
    ],
    [
      'a skipped run without a reason',
      changed({ 'results.2.runs.0.skipReason': null }),
      'skipReason: missing where the status is skipped',
    ],
    [
      'a missing value without a reason',
      changed({ device: { available: false } }),
      'device.reason: invalid input',
    ],
  ])('refuses %s and says where', (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it('refuses with the code "usage" and a hint', () => {
    let thrown: unknown;
    try {
      parse('nonsense');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      name: 'GuestmarkError',
      code: 'usage',
      hint: expect.stringContaining('guestmark run'),
    });
  });

  it('says how many more problems there are', () => {
    expect(() => parse(changed({ startedAt: 1, status: 'odd' }))).toThrow(', and 1 more');
  });

  it('quotes keys and names of a stranger on one line', () => {
    for (const key of ['\u001b[2J\n', 'x'.repeat(10_000)]) {
      for (const text of [changed({ [key]: 1 }), changed({ schemaVersion: key }), key])
        expect(() => parseReport(text, key)).toThrow(/^Cannot read report "\P{Cc}{1,1500}$/u);
    }
  });

  it('refuses a version that cannot be written as text', () => {
    for (const schemaVersion of [{ toString: 1 }, [[1]], null, 1])
      expect(() => parse(changed({ schemaVersion }))).toThrow('schemaVersion: what is no text is not 1.x');
  });

  it('refuses a newer minor version in which a known field has changed', () => {
    expect(() => parse(changed({ schemaVersion: '1.9', startedAt: 7 }))).toThrow('startedAt');
  });
});
