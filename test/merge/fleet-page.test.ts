import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fleetPage } from '../../src/merge/fleet-page.ts';
import type { FleetReport } from '../../src/merge/fleet-report.ts';
import { type TakenApart, takenApart } from '../page/sample-page.ts';
import { fleetExample } from './fleet-example.ts';

const HOSTILE =
  '</script><script>alert(1)</script></style><img src=x onerror=alert(2)>"\'&amp;<!--\u202e\u0000\u2028]]>{{x}}';

const FLEET = fleetExample({ nodes: 60, cases: 10, outliers: 4, gaps: 3 });
const PLAIN = fleetPage(FLEET);

function sectionTitles({ elements }: TakenApart): readonly string[] {
  return elements.flatMap((one) => (one.nodeName === 'h2' ? [one.textContent ?? ''] : []));
}

function textsIn(page: TakenApart, id: string, name: string): readonly string[] {
  const section = page.elements.find((one) => one.getAttribute('id') === id);
  return [...(section?.getElementsByTagName(name) ?? [])].map(({ textContent }) => textContent ?? '');
}

describe('fleetPage()', () => {
  it('answers in the order in which an operator asks', () => {
    const page = takenApart(PLAIN);
    expect(sectionTitles(page)).toEqual([
      'Summary',
      'Outliers',
      'Missing',
      'Cases',
      'Heat map',
      'State of the nodes',
      'Differences between the nodes',
      'How to read this page',
    ]);
    expect(textsIn(page, 'summary', 'dd')).toEqual(['60', '10', '4', '0', '3', '1', '1']);
    const [, first] = textsIn(page, 'outliers', 'tr');
    expect(first).toMatch(/^node-00001▼ slower\+[\d.]+ %.*GPUcompute clock 1.21 GHz/);
    expect(textsIn(page, 'missing', 'tr').join('\n')).toContain('60node-60was killed');
  });

  it('names the outliers in the drawing of a case', () => {
    const page = takenApart(PLAIN);
    const row = page.elements.find((one) => one.getAttribute('id') === 'case-0');
    const marks = [...(row?.getElementsByTagName('circle') ?? [])].map(({ textContent }) => textContent);
    const found = FLEET.outliers.filter(({ findings }) => findings.some((finding) => finding.case === 0));
    expect(found.length).toBeGreaterThan(1);
    expect(marks.map((mark) => mark?.split(':')[0])).toEqual(
      found.map(({ node }) => FLEET.nodes[node]?.name),
    );
  });

  it('runs no script, lets nothing in, and refers to nowhere', () => {
    const { elements, scripts, styles } = takenApart(PLAIN);
    expect(scripts).toEqual([]);
    const policy = elements.find((one) => one.getAttribute('http-equiv') === 'Content-Security-Policy');
    const hashes = styles.map((style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy?.getAttribute('content')).toBe(
      `default-src 'none'; script-src 'none'; style-src ${hashes.join(' ')}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    const attributes = elements.flatMap((one) => [...one.attributes]);
    expect(attributes.filter(({ name }) => name === 'style' || name.startsWith('on'))).toEqual([]);
    expect(attributes.filter(({ name, value }) => name !== 'xmlns' && /https?:/.test(value))).toEqual([]);
    expect(styles.join('')).not.toMatch(/url\(|@import|https?:/);
  });

  it('has headings in order, tables with captions and headings, drawings with words, links that lead somewhere', () => {
    const { elements, document } = takenApart(PLAIN);
    const levels = elements.flatMap(({ nodeName }) => (/^h\d$/.test(nodeName) ? [Number(nodeName[1])] : []));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries())
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    for (const table of document.getElementsByTagName('table')) {
      expect(table.getElementsByTagName('caption')).toHaveLength(1);
      expect(table.getElementsByTagName('th')[0]?.getAttribute('scope')).toBe('col');
    }
    const drawings = elements.filter((one) => one.getAttribute('role') === 'img');
    expect(drawings.length).toBeGreaterThan(30);
    expect(
      drawings.filter((one) => (one.getElementsByTagName('title')[0]?.textContent ?? '') === ''),
    ).toEqual([]);
    const ids = elements.flatMap((one) => one.getAttribute('id') ?? []);
    expect(ids.length).toBe(new Set(ids).size);
    const targets = elements.flatMap((one) => one.getAttribute('href')?.slice(1) ?? []);
    expect(targets.length).toBeGreaterThan(30);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it('shows hostile texts as texts, wherever they stand', () => {
    const names = (): string => HOSTILE;
    const whole = fleetExample({ nodes: 8, cases: 3, outliers: 3, gaps: 3, names });
    const state = {
      ...whole.nodes[0]?.state,
      throttleReasons: [HOSTILE],
    } as FleetReport['nodes'][number]['state'];
    const page = takenApart(
      fleetPage({
        ...whole,
        tool: { name: HOSTILE, version: HOSTILE, node: HOSTILE },
        nodes: whole.nodes.map((node) => ({ ...node, hypervisor: node.hostname, state })),
        outliers: whole.outliers.map((outlier) => ({ ...outlier, reasons: [HOSTILE] })),
      }),
    );
    const elements = new Set(page.elements.map(({ nodeName }) => nodeName));
    expect([...elements].filter((name) => ['img', 'script', 'style', 'iframe'].includes(name))).toEqual([]);
    expect(page.scripts).toEqual([]);
    expect(page.styles).toHaveLength(1);
    const shown = page.document.documentElement?.textContent ?? '';
    expect(shown.split('</script><script>alert(1)</script></style><img').length).toBeGreaterThan(40);
    expect(shown).not.toMatch(/[\p{Bidi_Control}\p{Cc}\p{Zl}]/u);
  });

  it.each([
    ['one node', fleetExample({ nodes: 1 }), ['Summary', 'Cases', 'State of the nodes', 'Differences']],
    ['no outlier', fleetExample({ nodes: 50 }), ['Summary', 'Cases', 'State of the nodes', 'Differences']],
    ['nothing at all', fleetExample({ nodes: 0, cases: 0 }), ['Summary', 'Differences']],
  ])('leaves out what there is nothing to say of: %s', (_, fleet, titles) => {
    const html = fleetPage({ ...fleet, plan: null });
    const shown = sectionTitles(takenApart(html)).slice(0, -1);
    expect(shown.map((title) => title.replace(' between the nodes', ''))).toEqual(titles);
    expect(html).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('has no number that is none', () => {
    expect(PLAIN).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('grows with the outliers and the cases, and not with the nodes', () => {
    const bytes = (nodes: number, cases: number): number =>
      fleetPage(fleetExample({ nodes, cases, outliers: 200, gaps: 500 })).length;
    expect(bytes(6000, 2)).toBeLessThan(1.05 * bytes(600, 2));
    // Measured of 10,000 nodes and 60 cases: 1.2 MB.
    expect(bytes(300, 60)).toBeLessThan(2e6);
    expect(fleetPage(fleetExample({ gaps: 500 }))).toContain('and 300 more without a report');
  });
});
