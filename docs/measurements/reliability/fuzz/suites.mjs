// Suite files in YAML and JSON, read from disk with all that follows: form, statements, thresholds, paths.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSuiteFile } from '../../../../dist/definition/suite-file.js';
import { changedJson, GENTLE, ROUGH } from './change-json.mjs';
import { changedBytes, changedText } from './change-text.mjs';
import { onceIn, pick, STRINGS } from './draw.mjs';
import { require, requirePlain } from './oracle.mjs';

const WHOLE = [
  `name: all
shaders:
  - &one { file: saxpy.comp, axes: { n: [1Mi, 2], k: 1..8 }, define: { A: 1 } }
  - file: b.comp
    pragmas: ["fill x = zero", 'set lights[0].color = 2 * n, -1, 0.5']
    thresholds: { gpuTime: "<= 5 ms", bandwidth: [">= 10 GB/s", "< 1e30 TB/s"] }
    include: lib
    entry: main
  - *one
modules: [a.mjs]
`,
  'shaders: [{file: a.comp}, {file: b.comp, name: x}]\n',
  'shaders:\n- file: a.spv\n  axes:\n    n: 1Mi..64Mi*4\n    k: [1, 2.5, -3]\n- file: b.hlsl\nname: two\n',
  'modules:\n- one.mjs\n- ./two.js # why\n',
];
const STRANGE = [
  'a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c]\n',
  'shaders:\n  - &base {file: a.comp}\n  - {<<: *base, name: b}\n  - !!js/function "x"\n  - !!binary aGVsbG8=\n',
  '%YAML 1.1\n---\nshaders: [{file: a.comp, axes: {n: 0x10, m: 0o17, k: .inf, y: yes, d: 2001-12-14}}]\n...\n',
  '? [a, b]\n: {__proto__: {polluted: 1}}\n? |\n  block\n: >-\n  folded\n',
];
const YAML = [...WHOLE, ...WHOLE, ...STRANGE];
const PIECES = [
  ...STRINGS,
  ...[
    '&a ',
    '*a',
    '<<: *a',
    '!!js/function ',
    '!!set ',
    '? ',
    ': ',
    '- ',
    '| ',
    '>-\n ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '#',
    '%TAG',
  ],
  ...['---\n', '...\n', '\t', '  ', '~', '.nan', '.inf', '0x1p3', '1_000', '1:30'],
];
const JSON_SUITE =
  '{"name":"all","shaders":[{"file":"a.comp","axes":{"n":[1,"2Mi"],"k":"1..8"},"include":"lib","define":{"A":1},"pragmas":["fill x = zero"],"thresholds":{"gpuTime":"<= 5 ms"}},{"file":"b.spv","entry":"main","name":"b"}],"modules":["a.mjs"]}';

function opened(file, make) {
  const folder = mkdtempSync(join(tmpdir(), 'suites-'));
  const path = join(folder, file);
  return {
    make,
    attempt: async (content) => {
      writeFileSync(path, content);
      const suite = await readSuiteFile(path);
      requirePlain(suite);
      require(suite.shaders.length + suite.modules.length > 0, 'an empty suite was accepted');
      return 'accepted';
    },
    show: (content) => String(content),
    close: () => rmSync(folder, { recursive: true }),
  };
}

const yaml = (random) =>
  onceIn(random, 8)
    ? changedBytes(random, Buffer.from(pick(random, YAML)))
    : changedText(random, pick(random, YAML), PIECES);
const json = (random) => changedJson(random, JSON_SUITE, pick(random, [GENTLE, ROUGH]));

export default [
  { name: 'suite-yaml', open: async () => opened('suite.yaml', yaml) },
  { name: 'suite-json', open: async () => opened('suite.json', json) },
];
