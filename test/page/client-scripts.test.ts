import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatNs, formatQuantity, formatRate } from '../../src/base/units.ts';
import { CLIENT_SCRIPTS, readClientScripts } from '../../src/page/client-scripts.ts';
import type { PageCase } from '../../src/page/page-data.ts';
import { COLOUR_PROPERTIES, PAGE_CLOCKS } from '../../src/page/page-elements.ts';
import { estimateOf, groupsOf } from '../../src/page/page-groups.ts';
import { metricWords } from '../../src/page/page-words.ts';
import { VERDICT_SIGNS } from '../../src/page/section-comparison.ts';
import { figureText } from '../../src/report/figure-text.ts';
import { METRIC_UNITS } from '../../src/report/metric-units.ts';
import { formatPercent } from '../../src/report/percent.ts';
import { sampleReport } from '../report/sample-report.ts';
import { ROOT } from '../structure/project-files.ts';
import { likePattern, pageData } from './sample-page.ts';

type Client = Readonly<Record<string, (...args: readonly unknown[]) => string>>;

/** The page's own functions, without the part that starts the page. */
function clientFunctions(...names: readonly string[]): Client {
  const body = readClientScripts()
    .replace(/^\(\(\) => \{\n/, '')
    .replace(/^document\.documentElement[\s\S]*$/m, '');
  return new Function(`${body}\nreturn { ${names.join(', ')} };`)() as Client;
}

const client = clientFunctions(
  'formatNs',
  'formatRate',
  'formatBytes',
  'formatCount',
  'formatQuantity',
  'formatPercent',
  'formatFigure',
);

/** Every size from 1e-9 to 1e18, both signs, and the edges where digits and units change. */
function* figures(): Generator<number> {
  const edges = [
    0, 1, 0.9995, 0.99949, 9.995, 9.9949, 99.95, 99.949, 999.4, 999.5, 1023.4, 1024, 4194304, 0.5,
  ];
  for (const edge of edges) for (let power = -9; power <= 18; power += 3) yield edge * 10 ** power;
  let seed = 1;
  for (let index = 0; index < 4000; index += 1) {
    seed = (seed * 48271) % 2147483647;
    const value = 10 ** ((seed / 2147483647) * 27 - 9);
    yield index % 2 === 0 ? value : Math.round(value);
    yield -value;
  }
}

describe('the numbers of the page', () => {
  it.each([
    ['formatNs', formatNs],
    ['formatBytes', formatBytes],
    ['formatCount', formatCount],
    ['formatQuantity', formatQuantity],
    ['formatPercent', formatPercent],
  ])('%s() writes as the terminal does', (name, format) => {
    for (const value of figures()) expect(client[name]?.(value)).toBe(format(value));
  });

  it('formatRate() writes as the terminal does', () => {
    for (const value of figures()) {
      for (const unit of ['B/s', 'FLOP/s', 'keys/s', '/s']) {
        expect(client.formatRate?.(value, unit)).toBe(formatRate(value, unit));
      }
    }
  });

  it('formatFigure() writes every metric as the tables do', () => {
    for (const unit of new Set(Object.values(METRIC_UNITS))) {
      for (const itemName of ['items', 'hops', 'passes', 'hashes']) {
        for (const value of [0, 0.00123, 0.5, 7, 12.345, 1.5e7]) {
          expect(client.formatFigure?.(value, unit, itemName)).toBe(figureText({ unit, value }, itemName));
        }
      }
    }
  });
});

describe('what the script knows of the page', () => {
  const known = clientFunctions('METRICS', 'COLOURS', 'CLOCK_ORDER', 'VERDICT_MARKS') as unknown as Readonly<
    Record<string, unknown>
  >;

  it('metrics are those of reports, in their units and in the words of the static tables', () => {
    const expected = Object.entries(METRIC_UNITS).map(([id, unit]) => [id, { unit, label: metricWords(id) }]);
    expect(known.METRICS).toEqual(Object.fromEntries(expected));
  });

  it('verdicts have the signs of the static table', () => {
    expect(known.VERDICT_MARKS).toEqual(VERDICT_SIGNS);
  });

  it('clocks and colours are those of the page', () => {
    expect(known.CLOCK_ORDER).toEqual(PAGE_CLOCKS);
    expect(known.COLOURS).toEqual(COLOUR_PROPERTIES);
  });
});

describe('what the script makes of several reports', () => {
  const groups = clientFunctions('groupEstimate', 'caseHash') as unknown as {
    readonly groupEstimate: (one: PageCase, group: object, metric: string) => unknown;
    readonly caseHash: (one: object) => string;
  };
  const data = pageData([1, 3, 2].map((factor) => sampleReport({ results: [likePattern({}, factor)] })));
  const [one] = data.cases;
  const [all] = groupsOf(data);

  it('is what the static figures make of them', () => {
    if (one === undefined || all === undefined) throw new Error('no case');
    for (const metric of [
      'gpuTime',
      'wallTime',
      'correctedWallTime',
      'bandwidth',
      '__proto__',
      'constructor',
    ])
      expect(groups.groupEstimate(one, all, metric)).toEqual(estimateOf(one, all, metric));
  });

  it('gives every case an address, whatever its name', () => {
    expect(groups.caseHash({ id: 'a[n=1]\ud800' })).toBe('#case=a%5Bn%3D1%5D%EF%BF%BD');
  });
});

describe('readClientScripts()', () => {
  it('joins every file of the folder once', () => {
    const there = readdirSync(`${ROOT}src/page/client`).filter((name) => name.endsWith('.ts'));
    expect([...CLIENT_SCRIPTS].sort()).toEqual(there.map((name) => name.replace(/\.ts$/, '')).sort());
  });

  it('gives one script that can stand in a page', () => {
    const script = readClientScripts();
    expect(script).not.toMatch(/<\/script|<!--|sourceMappingURL|^(import|export) /im);
    expect(() => new Function(script)).not.toThrow();
  });
});
