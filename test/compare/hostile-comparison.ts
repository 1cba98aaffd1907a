// A comparison in which every text that may come from a file is the same foreign one: for tests of what writes comparisons.
import type { ComparedCase, Comparison } from '../../src/compare/comparison.ts';
import { comparison } from './sample-comparison.ts';

/** Texts that do harm where they are not escaped. */
export const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  ['html', '<script>alert(1)</script><img src=x onerror=alert(2)>'],
  ['sql', '"; DROP TABLE runs; --'],
  ['formula', '=HYPERLINK("http://evil.example","x")'],
  ['formula after spaces', '  =1+1'],
  ['at sign', '@SUM(A1:A9)'],
  ['controls', '\u001b[2J\u001b]0;owned\u0007\u0000\u009b31m\u202egnp.exe'],
  ['lines', 'line one\nline two\r\n| a | b |\n# heading'],
  [
    'markdown',
    '`` ` `code` `` | pipe | [link](http://evil.example) ![img](x) **bold** @everyone #1 www.evil.example',
  ],
  ['backslash', '\\'],
  ['backtick', '`'],
  ['nothing', ''],
  ['wide characters', '设备 🚀 e\u0301'],
  ['10 kB', `x${'y'.repeat(10_000)}`],
];

/** Everything free is `text`, one case included that has nothing else. */
export function hostileComparison(text: string): Comparison {
  const plain = comparison();
  const first = plain.cases[0] as ComparedCase;
  const bare = { ...first, metrics: [], judgedBy: null, verdict: 'unclear' as const };
  const cases = [...plain.cases, bare].map((one) => replaced(one, text) as ComparedCase);
  const { counts } = comparison({ cases });
  return { ...(replaced(plain, text) as Comparison), cases, counts };
}

/** Words of the format itself, by the key that holds them. */
const WORDS = [
  'schema',
  'schemaVersion',
  'kind',
  'verdict',
  'judgedBy',
  'metric',
  'unit',
  'better',
  'status',
];
const IDS =
  /^(gpuTime|wallTime|correctedWallTime|undisturbedWallTime|wallTimeP99|bandwidth|arithmetic|itemRate)$/;
const PARTS = /^(submit|queue|device|wake-up|copy|call|steal|run-queue|throttling|unexplained)$/;

function replaced(value: unknown, text: string, key = ''): unknown {
  if (typeof value === 'string') {
    const isWord = WORDS.includes(key) || (key === 'id' && IDS.test(value));
    return isWord || ((key === 'id' || key === 'mainCause') && PARTS.test(value)) ? value : text;
  }
  if (Array.isArray(value)) return value.map((one) => replaced(one, text, key));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => {
    const isFree = key === 'axes' || key === 'settings';
    return [isFree ? text : name, replaced(one, text, name)] as const;
  });
  return Object.fromEntries(entries);
}
