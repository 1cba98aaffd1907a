import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import type { Comparison } from '../../src/compare/comparison.ts';
import { readClientScripts } from '../../src/page/client-scripts.ts';
import { readPlotAssets } from '../../src/page/page-assets.ts';
import type { PageData } from '../../src/page/page-data.ts';
import { renderPage } from '../../src/page/render-page.ts';
import { comparison } from '../compare/sample-comparison.ts';
import { deviceInfo } from '../report/sample-device.ts';
import { sampleReport } from '../report/sample-report.ts';
import {
  ASSETS,
  likePattern,
  pageData,
  sampleData,
  sweptCases,
  type TakenApart,
  takenApart,
} from './sample-page.ts';

const HOSTILE =
  '</script><script>alert(1)</script><img src=x onerror=alert(2)>"\'&amp;<!--\u202e\u0000\u2028]]>{{x}}';

/** A page in which everything that comes from outside is hostile. */
function hostileData(): PageData {
  const warning = { id: HOSTILE, message: HOSTILE, advice: HOSTILE };
  const system = sampleReport().system;
  const report = sampleReport({
    startedAt: HOSTILE,
    system: { ...system, hostname: HOSTILE, driverVariables: { [HOSTILE]: HOSTILE } },
    device: available(deviceInfo({ name: HOSTILE, apiVersion: HOSTILE })),
    warnings: [warning],
    results: [1, 2, 4].map((n) =>
      likePattern({
        id: `${HOSTILE}[${HOSTILE}=${n}]`,
        benchmark: HOSTILE,
        axes: { [HOSTILE]: n },
        itemName: HOSTILE,
        flops: n * 1e6,
        warnings: [warning],
      }),
    ),
  });
  const whole = comparison();
  const [first] = whole.cases;
  const cases = first === undefined ? [] : [{ ...first, id: HOSTILE, reason: HOSTILE, doubts: [warning] }];
  return pageData([report], {
    title: HOSTILE,
    refused: [{ path: HOSTILE, message: HOSTILE.repeat(100) }],
    comparison: {
      ...whole,
      cases,
      baseline: { ...whole.baseline, label: HOSTILE },
      contender: { ...whole.contender, label: HOSTILE },
    },
  });
}

function policyOf({ elements }: TakenApart): string {
  const metas = elements.filter((one) => one.getAttribute('http-equiv') === 'Content-Security-Policy');
  expect(metas).toHaveLength(1);
  return metas[0]?.getAttribute('content') ?? '';
}

function hashed(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const ONE = sampleData();
const PLAIN = renderPage(ONE, ASSETS);
const COMPARED = renderPage({ ...ONE, comparison: comparison() }, ASSETS);

describe('renderPage()', () => {
  it('lets scripts and styles run as they stand in the page, and nothing else', () => {
    const page = takenApart(PLAIN);
    const policy = policyOf(page);
    const code = page.scripts.filter(({ attributes }) => attributes === '');
    expect(code).toHaveLength(2);
    expect(policy).toBe(
      [
        "default-src 'none'",
        `script-src ${code.map(({ text }) => hashed(text)).join(' ')}`,
        `style-src ${page.styles.map(hashed).join(' ')}`,
        'img-src data:',
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; '),
    );
    expect(code[0]?.text).not.toContain('\r');
  });

  it('has no attribute that the policy would refuse, and no reference to anywhere', () => {
    for (const html of [PLAIN, COMPARED]) {
      const { elements, styles } = takenApart(html);
      const attributes = elements.flatMap((one) =>
        [...one.attributes].map(({ name, value }) => ({ name, value })),
      );
      expect(attributes.filter(({ name }) => name === 'style' || name.startsWith('on'))).toEqual([]);
      const links = attributes.filter(({ name }) =>
        /^(xlink:)?(href|src|srcset|action|poster|data)$/.test(name),
      );
      expect(links.length).toBeGreaterThan(10);
      expect(links.filter(({ value }) => !value.startsWith('#'))).toEqual([]);
      expect(styles.join('\n')).not.toMatch(/url\(|@import|https?:/);
      const elsewhere = attributes.filter(
        ({ name, value }) => /https?:|\/\/\w/.test(value) && name !== 'xmlns',
      );
      expect(elsewhere).toEqual([]);
    }
  });

  it('refers to nothing in what it holds of others, except in comments', () => {
    const { plotScript, plotStyle } = readPlotAssets();
    const code = [plotScript, plotStyle, readClientScripts()].join('\n').replace(/\/\*[\s\S]*?\*\//g, '');
    expect(code.match(/https?:\/\/[^'"` ]+/g)).toEqual(['http://www.w3.org/2000/svg']);
    expect(code).not.toMatch(/@import|url\(|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon/);
    expect(plotScript).toContain('Leon Sorokin');
  });

  it('shows hostile texts as texts, wherever they stand', () => {
    const data = hostileData();
    const page = takenApart(renderPage(data, ASSETS));
    const names = new Set(page.elements.map(({ nodeName }) => nodeName));
    expect(
      [...names].filter((name) => ['img', 'script', 'iframe', 'object', 'link', 'base'].includes(name)),
    ).toEqual([]);
    expect(page.scripts.map(({ attributes }) => attributes)).toEqual([
      ' type="application/json" id="page-data"',
      '',
      '',
    ]);
    expect(JSON.parse(page.scripts[0]?.text ?? '')).toEqual(JSON.parse(JSON.stringify(data)));
    const shown = page.document.documentElement?.textContent ?? '';
    expect(shown).toContain('</script><script>alert(1)</script><img src=x onerror=alert(2)>');
    expect(shown).toContain('\\u202e\\u0000\\u2028');
    expect(shown).not.toMatch(/[\p{Bidi_Control}\p{Cc}\p{Zl}]/u);
  });

  it('shows the numbers of its data, of which cells carry them unrounded', () => {
    const data = ONE;
    const { elements } = takenApart(PLAIN);
    const tables = elements.filter((one) => one.nodeName === 'tr' && one.hasAttribute('data-metric'));
    const shown = tables.map((row) => [
      row.getAttribute('data-metric'),
      Number(row.getElementsByTagName('td')[0]?.getAttribute('data-value')),
    ]);
    const held = data.cases.flatMap(({ results }) =>
      results.flatMap((result) => Object.entries(result?.metrics ?? {}).map(([id, [value]]) => [id, value])),
    );
    expect(shown).toEqual(held);
    expect(held.length).toBeGreaterThan(50);
  });

  it('draws the wall time where the data have it', () => {
    const data = ONE;
    const { elements } = takenApart(PLAIN);
    const row = elements.find((one) => one.nodeName === 'tr' && one.getAttribute('data-case') === '2');
    const dots = [...(row?.getElementsByTagName('circle') ?? [])].map((one) =>
      Number.parseFloat(one.getAttribute('cx') ?? ''),
    );
    const metrics = data.cases[2]?.results[0]?.metrics ?? {};
    const ids = ['gpuTime', 'wallTime', 'correctedWallTime'];
    const end = Math.max(...ids.map((id) => metrics[id]?.[2] ?? 0)) * 1.02;
    expect(dots).toEqual(ids.map((id) => expect.closeTo(((metrics[id]?.[0] ?? 0) / end) * 100, 1)));
  });

  it('has headings in order, a caption and a heading for every table, and words for every drawing', () => {
    const { elements, document } = takenApart(COMPARED);
    const levels = elements.flatMap(({ nodeName }) => (/^h\d$/.test(nodeName) ? [Number(nodeName[1])] : []));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => {
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
    for (const table of document.getElementsByTagName('table')) {
      expect(table.getElementsByTagName('caption')).toHaveLength(1);
      for (const head of table.getElementsByTagName('th'))
        expect(['row', 'col']).toContain(head.getAttribute('scope'));
    }
    const drawings = elements.filter((one) => one.getAttribute('role') === 'img');
    expect(drawings.length).toBeGreaterThan(20);
    expect(drawings.filter((one) => one.getElementsByTagName('title')[0]?.textContent === '')).toEqual([]);
    const ids = elements.flatMap((one) => one.getAttribute('id') ?? []);
    expect(ids.length).toBe(new Set(ids).size);
    const targets = elements.flatMap((one) => one.getAttribute('href')?.slice(1) ?? []);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it('has no number in its drawings that is none', () => {
    const html = COMPARED;
    expect(html.replace(/<script[\s\S]*?<\/script>/g, '')).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('says of everything in a comparison which side it is of', () => {
    const whole = comparison();
    const record = whole.baseline.reports[0];
    if (record === undefined) throw new Error('no report');
    const baseline = { ...whole.baseline, reports: [record] };
    const two = [1, 1.2].map((factor) =>
      sampleReport({
        results: sweptCases().map((one) => ({ ...one, metrics: likePattern({}, factor).metrics })),
      }),
    );
    const page = takenApart(renderPage(pageData(two, { comparison: { ...whole, baseline } }), ASSETS));
    const texts = (name: string, within: string): readonly string[] =>
      page.elements
        .filter((one) => one.getAttribute('id') === within)
        .flatMap((one) => [...one.getElementsByTagName(name)].map(({ textContent }) => textContent ?? ''));
    expect(texts('p', 'comparison')[0]).toMatch(/^Baseline: .+ \(1 report\)\. Contender: .+\.$/);
    expect(texts('th', 'case-table').slice(0, 3)).toEqual(['case', 'side', 'device time']);
    const [first] =
      page.document.getElementById('case-table')?.getElementsByTagName('tbody')[0]?.childNodes ?? [];
    expect(first?.childNodes[1]?.textContent).toBe('baselinecontender');
    const captions = texts('caption', 'case-0').filter((text) => text.startsWith('All metrics'));
    expect(captions[0]).toMatch(/^All metrics, baseline: report-1\.json/);
    expect(captions[1]).toMatch(/^All metrics, contender: report-2\.json/);
    const failed = texts('p', 'case-5').filter((text) => text.includes('failed: '));
    expect(failed.map((text) => text.split(',')[0])).toEqual(['baseline', 'contender']);
    expect(texts('p', 'overview').join()).toContain('the median of the runs with half the width');
  });

  it('speaks of bare metal and of a guest only where the sides are that', () => {
    const whole = comparison();
    const title = (baseline: string, contender: string): string | undefined => {
      const of = (name: string, { reports, ...side }: Comparison['baseline']): Comparison['baseline'] => ({
        ...side,
        reports: reports.slice(0, 1).map((one) => ({ ...one, hypervisor: available(name) })),
      });
      const results = [likePattern({})];
      const data = pageData([sampleReport({ results }), sampleReport({ results })], {
        comparison: {
          ...whole,
          baseline: of(baseline, whole.baseline),
          contender: of(contender, whole.contender),
        },
      });
      const { elements } = takenApart(renderPage(data, ASSETS));
      const drawn = elements.find((one) => one.getAttribute('data-figure') === 'adjusted');
      return drawn?.getElementsByTagName('h4')[0]?.textContent ?? undefined;
    };
    expect(title('none', 'KVM')).toBe('Bare metal, virtualized, adjusted');
    expect(title('KVM', 'KVM')).toBe('Baseline, contender, adjusted');
  });
});
