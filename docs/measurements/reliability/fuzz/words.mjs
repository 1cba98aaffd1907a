// What is typed, or stands in a suite file or a pragma: every parser of a short text gets every input.

import { parseDurationNs, parseQuantity } from '../../../../dist/base/units.js';
import {
  collectFailReasons,
  collectSelectors,
  share,
  shareAboveZero,
  sideLabels,
} from '../../../../dist/commands/compare-values.js';
import { matchesName } from '../../../../dist/commands/counter-patterns.js';
import { serverAddress } from '../../../../dist/commands/external-options.js';
import { sinceMs } from '../../../../dist/commands/history-values.js';
import { collectAxis, duration, pinChoice, whole } from '../../../../dist/commands/option-values.js';
import { parseAxisValues } from '../../../../dist/definition/axis-values.js';
import { evaluate, parseExpression } from '../../../../dist/definition/expression.js';
import { parseStatement } from '../../../../dist/definition/statement.js';
import { parseThreshold, parseThresholds } from '../../../../dist/definition/threshold.js';
import { parseSelector } from '../../../../dist/suite/selector.js';
import { changedText } from './change-text.mjs';
import { pick, STRINGS } from './draw.mjs';
import { require, requirePlain, requireRefusal } from './oracle.mjs';

const SEEDS = [
  ...[
    'axis n = 1Mi, 16Mi',
    'axis n = 1Mi..64Mi*4',
    'axis k = 0..100+10',
    'elements img = width, height',
    'items ceil(n / 4), 2',
  ],
  ...[
    'groups (n + 63) / 64',
    'fill x = random 42',
    'fill x = file "x.bin"',
    'set lights[0].color = 2 * n, -1, 0.5',
  ],
  ...[
    'expect y = 3 + 2 * i within 1e-5',
    'expect y = equal to z',
    'flops 2 * n',
    'requires shaderFloat64',
    'name my-name',
  ],
  ...[
    'summary Any "quoted" text',
    'entry main2',
    'kind latency',
    '1Mi..64Mi*4',
    '0..100+10',
    '16Mi',
    '0.5',
    '1e6',
    '500ms',
  ],
  ...[
    '1.5min',
    '<= 5 ms',
    '>= 10 GB/s',
    'gpuTime <= 5 ms, stealHigh < 1 %',
    'copy[n=16Mi,width=*]',
    'hist*?x',
    'steal.*.ticks',
  ],
  ...[
    'localhost:9999',
    '[::1]:123',
    'auto',
    '12',
    '1%',
    '0.01',
    'slower,flags',
    'bare metal,guest',
    '2026-01-31T18:00:00Z',
  ],
  ...['n=1,2..8*2', '(n * (m + 1) - -2) / 3Gi'],
];
const PIECES = [
  ...STRINGS,
  '*',
  '?',
  '[',
  ']',
  '(',
  ')',
  ',',
  '=',
  '..',
  '%',
  'Ki',
  ' within ',
  '<=',
  '"',
  ':',
  '*'.repeat(60),
  '('.repeat(60),
];

const finite = (value) => {
  require(typeof value === 'number' && Number.isFinite(value), () => `it is ${value}`);
  return value;
};
/** Names of counters, which are ours, against the patterns of anybody. */
const NAMES = ['steal.cpu0.ticks', 'network.eth0.rx_bytes', `interrupts.${'a'.repeat(200)}`];
const CASES = ['copy', 'histogram-shared', 'a'.repeat(80)];
const SCOPE = { n: 4096, m: 3, i: 1, width: 16, height: 16 };

const PARSERS = {
  statement: (text) => parseStatement(text, '/folder', 'my.comp:4'),
  axisValues: (text) => {
    const values = parseAxisValues(text);
    require(values.length > 0 && values.length <= 1001, () => `${values.length} values`);
    return values;
  },
  expression: (text) => finite(evaluate(parseExpression(text), SCOPE)),
  threshold: (text) => parseThreshold('gpuTime', text),
  metric: (text) => parseThreshold(text, '<= 5 ms', 'suite.yaml shaders[0]'),
  thresholds: parseThresholds,
  selector: (text) => {
    const { matchesName: matches, axes } = parseSelector(text);
    for (const name of CASES) matches(name);
    return axes;
  },
  quantity: parseQuantity,
  duration: parseDurationNs,
  durationOption: (text) => finite(duration(text)),
  axisOption: (text) => collectAxis(text, { n: [1] }),
  pin: pinChoice,
  whole: (text) => finite(whole('a count', 1)(text)),
  server: serverAddress,
  patterns: (text) => {
    for (const name of NAMES) matchesName(text.split(','), name);
  },
  share: (text) => finite(share(0.5)(text)),
  alpha: (text) => finite(shareAboveZero(0.5)(text)),
  failOn: (text) => collectFailReasons(text),
  labels: sideLabels,
  selectors: (text) => collectSelectors(text).map(({ axes }) => axes),
  since: (text) => finite(sinceMs(text)),
};

function attempt(text) {
  let accepted = 0;
  for (const [name, parse] of Object.entries(PARSERS)) {
    try {
      const value = parse(text);
      // An infinite number is refused where it is used: a case would have to be that large.
      if (name !== 'quantity' && name !== 'duration' && name !== 'selector' && name !== 'selectors')
        requirePlain(value);
      accepted++;
    } catch (error) {
      try {
        requireRefusal(error);
      } catch (defect) {
        defect.message = `${name}: ${defect.message}`;
        throw defect;
      }
    }
  }
  // Some take nearly any text: a word is accepted where one of those that are choosy takes it.
  return accepted > 1 ? 'accepted' : 'refused';
}

export default [
  {
    name: 'words',
    open: async () => ({
      make: (random) => changedText(random, pick(random, SEEDS), PIECES),
      attempt,
      show: (text) => JSON.stringify(text),
    }),
  },
];
