import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ReportRequest, reportCommand } from '../../src/commands/report.ts';
import type { Terminal } from '../../src/commands/terminal.ts';
import { takenApart } from '../page/sample-page.ts';
import { sampleReport } from '../report/sample-report.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'guestmark-page-'));
const PAGE = join(FOLDER, 'page.html');
afterAll(() => rmSync(FOLDER, { recursive: true }));

const TEXT = JSON.stringify(sampleReport());
writeFileSync(join(FOLDER, 'a.json'), TEXT);
writeFileSync(join(FOLDER, 'b.json'), TEXT);
writeFileSync(join(FOLDER, 'cut.json'), TEXT.slice(0, TEXT.length / 2));

async function made(changes: Partial<ReportRequest>): Promise<{ printed: string; notes: string }> {
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
  const request = { paths: [join(FOLDER, 'a.json')], contender: null, labels: null, out: PAGE, title: null };
  expect(await reportCommand({ ...request, ...changes }, terminal)).toBe(0);
  return { printed: lines.join('\n'), notes: notes.join('\n') };
}

describe('reportCommand()', () => {
  it('writes a page, says where, and names what it could not read there and here', async () => {
    const { printed, notes } = await made({ paths: [FOLDER], title: 'Nightly' });
    expect(printed).toMatch(/^Page: .*page\.html \(\d+ KiB\)$/);
    expect(notes).toMatch(/cut\.json/);
    const { document } = takenApart(readFileSync(PAGE, 'utf8'));
    expect(document.getElementsByTagName('h1')[0]?.textContent).toBe('Nightly');
    expect(document.documentElement?.textContent).toContain('1 file was not used');
  });

  it('compares, and prints the page where it is asked to', async () => {
    const { printed } = await made({
      contender: [join(FOLDER, 'b.json')],
      labels: ['metal', 'guest'],
      out: null,
    });
    const { document, elements } = takenApart(printed);
    expect(document.getElementsByTagName('h1')[0]?.textContent).toBe('guest against metal');
    expect(elements.filter((one) => one.getAttribute('data-figure') === 'ratios')).toHaveLength(1);
  });

  it.each([
    ['no report', { paths: [] }, 'Cannot make a page: no report is named'],
    ['no contender', { contender: [] }, 'Cannot compare with nothing'],
    ['only files that cannot be read', { paths: [join(FOLDER, 'cut.json')] }, 'no report could be read'],
    ['a folder that does not exist', { out: join(FOLDER, 'none', 'x.html') }, 'Cannot write page'],
  ])('refuses %s', async (_, changes, message) => {
    await expect(made(changes)).rejects.toThrow(message);
  });
});
