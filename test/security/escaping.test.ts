// Text of strangers where something interprets it: terminals, spreadsheets, Markdown, Prometheus and browsers. Each format has
// tests of its own; here every verb that shows reports is given the same hostile ones, as a user would.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvCell } from '../../src/compare/comparison-csv.ts';
import type { Report } from '../../src/report/report.ts';
import { guestmark, temporaryFolder } from '../e2e/guestmark.ts';
import { hostileReport } from '../export/hostile-report.ts';
import { readTable } from '../export/read-csv.ts';
import { filesBelow, readFiles } from '../structure/project-files.ts';

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
const at = (name: string): string => join(folder.path, name);

/** The same report with harmless names. */
function harmless(report: Report): Report {
  const plain = (text: string): string => (text.length > 10_000 ? `name${text.slice(-1)}` : text);
  return JSON.parse(JSON.stringify(report), (_, value) =>
    typeof value === 'string' ? plain(value) : value,
  ) as Report;
}

beforeAll(() => {
  mkdirSync(at('reports'));
  writeFileSync(at('reports/hostile.json'), JSON.stringify(hostileReport()));
  writeFileSync(at('harmless.json'), JSON.stringify(harmless(hostileReport())));
});

/** What a terminal, or a reader of a log, takes for more than text. */
const STEERS = /(?![\n\t])\p{Cc}|\p{Bidi_Control}/u;

async function shown(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await guestmark(args, { FORCE_COLOR: '0' });
  expect({ args, code, stderr: STEERS.test(stderr) }).toEqual({ args, code: 0, stderr: false });
  return stdout;
}

describe('a terminal', () => {
  it.each(['table', 'markdown', 'csv', 'json'])('is not steered by a comparison as %s', async (format) => {
    const report = at('reports/hostile.json');
    const { stdout, stderr } = await guestmark(['compare', report, '--with', report, '--format', format], {
      FORCE_COLOR: '0',
    });
    expect(stdout.length).toBeGreaterThan(100);
    expect(STEERS.exec(stdout + stderr)).toBeNull();
  });

  it.each(['csv', 'markdown', 'prometheus'])('is not steered by an export as %s', async (format) => {
    const text = await shown('export', format, at('reports'));
    expect(text.length).toBeGreaterThan(100);
    expect(STEERS.exec(text)).toBeNull();
  });

  it('is not steered by names of files', async () => {
    const names = ['\u001b[2J.comp', '\u202e.comp', '\u009b31m.json', 'a\rb.yaml'];
    for (const name of names) {
      const { code, stderr } = await guestmark(['check', at(name)]);
      expect({ code, steers: STEERS.test(stderr) }).toEqual({ code: 2, steers: false });
    }
  });
});

describe('a spreadsheet', () => {
  it('begins no formula with any cell', async () => {
    const rows = readTable(await shown('export', 'csv', at('reports')));
    const cells = rows.flatMap((row) => Object.values(row)).map(String);
    expect(cells.length).toBeGreaterThan(20);
    const formulas = cells.filter((cell) => /^\s*[=+\-@]/.test(cell) && !Number.isFinite(Number(cell)));
    expect(formulas).toEqual([]);
  });

  it.each(['=1', '+1', '-1', '@x', '\t=1', ' =1', '＝1', "=cmd|'/C calc'!A0"])(
    'takes %j for text',
    (text) => {
      expect(csvCell(text)).toMatch(/^"?'/);
    },
  );

  it('takes numbers for numbers', () => {
    expect([csvCell(-1.5), csvCell('plain')]).toEqual(['-1.5', 'plain']);
  });
});

describe('a browser', () => {
  /** The page of a report, without the texts of its scripts and styles. */
  async function elementsOf(report: string, page: string): Promise<readonly Element[]> {
    await shown('report', report, '--title', 'x', '--out', page);
    const html = readFileSync(page, 'utf8').replace(/^<!doctype html>\n/, '');
    const body = html.replace(/(<(script|style)[^>]*>)[\s\S]*?(<\/\2>)/g, '$1$3');
    return [...new DOMParser().parseFromString(body, 'text/xml').getElementsByTagName('*')];
  }

  /** Kinds of elements with the names of their attributes, but for those by which a long name is broken. */
  const kindsOf = (elements: readonly Element[]): readonly string[] => {
    const kinds = elements.map(
      ({ tagName, attributes }) => `${tagName} ${[...attributes].map(({ name }) => name)}`,
    );
    return [...new Set(kinds)].filter((kind) => !/^(wbr |span class)$/.test(kind)).sort();
  };

  it('builds of hostile names what it builds of harmless ones, and no link that leads out', async () => {
    const hostile = await elementsOf(at('reports/hostile.json'), at('hostile.html'));
    expect(hostile.length).toBeGreaterThan(100);
    expect(kindsOf(hostile)).toEqual(kindsOf(await elementsOf(at('harmless.json'), at('harmless.html'))));
    const leading = hostile.flatMap((one) =>
      ['href', 'src', 'action'].flatMap((name) => one.getAttribute(name) ?? []),
    );
    expect(leading.filter((target) => !/^#[\w-]*$/.test(target))).toEqual([]);
    expect(hostile.filter(({ tagName }) => tagName === 'script')).toHaveLength(3);
  });

  it('gets markup from src/page/markup.ts alone', () => {
    const makers = readFiles(filesBelow('src', '.ts')).filter(({ path, text }) => {
      const code = text.replace(/^\s*(\/\/|\/?\*).*$/gm, '');
      const isPage = /^src\/(page|merge)\/(?!client\/)/.test(path);
      return isPage && /\bmarkup:/.test(code);
    });
    expect(makers.map(({ path }) => path)).toEqual(['src/page/markup.ts', 'src/page/page-document.ts']);
  });
});
