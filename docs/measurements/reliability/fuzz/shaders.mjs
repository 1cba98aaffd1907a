// Shaders: the text of one with its pragmas, comments and includes, and modules of SPIR-V with something changed. What is
// reflected is defined and planned as well.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchmarkOf, expandableOf } from '../../../../dist/definition/benchmark-of.js';
import { defineShader } from '../../../../dist/definition/define.js';
import { describeDefinition } from '../../../../dist/definition/describe-definition.js';
import { planDefinition } from '../../../../dist/definition/plan-definition.js';
import { pragmasIn } from '../../../../dist/definition/pragma.js';
import { parseStatement } from '../../../../dist/definition/statement.js';
import { flattenIncludes } from '../../../../dist/shader/flatten-includes.js';
import { reflectKernel } from '../../../../dist/shader/reflect.js';
import { changedBytes, changedText } from './change-text.mjs';
import { below, onceIn, pick, STRINGS } from './draw.mjs';
import { require, requirePlain } from './oracle.mjs';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

const TEXTS = [
  ...['copy', 'softmax', 'sgemm-tiled'].map((name) => `shaders/memory/${name}.comp`),
  ...readdirSync(join(ROOT, 'test/fixtures/custom'))
    .sort()
    .map((name) => `test/fixtures/custom/${name}`),
]
  .filter((name) => /\.(comp|hlsl|spvasm)$/.test(name))
  .flatMap((name) => textOf(join(ROOT, name)));

function textOf(file) {
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return [];
  }
}

const PIECES = [
  ...STRINGS,
  ...[
    '#pragma guestmark ',
    '#include "part.glsl"\n',
    '#include <../outside.glsl>\n',
    '#include "/etc/passwd"\n',
    '#include "loop.glsl"\n',
  ],
  ...[
    '#include "link.glsl"\n',
    '/*',
    '*/',
    '//',
    '\\\n',
    '"',
    '#line 1\n',
    '#version 450\n',
    '\r',
    '#include "zero.glsl"\n',
    '#include "."\n',
  ],
  ...[
    '#include "double.glsl"\n',
    '\n#pragma guestmark axis n = 1..1e9\n',
    '\n#pragma guestmark fill x = file "../../x"\n',
  ],
];
const LANGUAGES = ['glsl', 'hlsl', 'spirv-assembly'];

function openTexts() {
  const base = mkdtempSync(join(tmpdir(), 'shaders-'));
  const folder = join(base, 'folder');
  mkdirSync(folder);
  const files = {
    'part.glsl': 'float part() { return 1.0; }\n#include "loop.glsl"\n',
    'loop.glsl': '#include "part.glsl"\n#include "loop.glsl"\n',
    'double.glsl': '#include "a0.glsl"\n',
    ...Object.fromEntries(
      Array.from({ length: 14 }, (_, i) => [`a${i}.glsl`, `#include "a${i + 1}.glsl"\n`.repeat(2)]),
    ),
    'a14.glsl': 'int x;\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(join(base, 'outside.glsl'), 'OUTSIDE\n');
  symlinkSync('../outside.glsl', join(folder, 'link.glsl'));
  symlinkSync('/dev/zero', join(folder, 'zero.glsl'));
  return {
    make: (random) => ({
      text: changedText(random, pick(random, TEXTS), PIECES),
      language: pick(random, LANGUAGES),
    }),
    attempt: ({ text, language }) => {
      const pragmas = pragmasIn(text, language);
      const flat = flattenIncludes(join(folder, 'my.comp'), text, []);
      require(!flat.text.includes('OUTSIDE') || text.includes('OUTSIDE'), 'an include led out of its folder');
      for (const pragma of pragmas)
        requirePlain(parseStatement(pragma.text, folder, `my.comp:${pragma.line}`));
      return 'accepted';
    },
    show: ({ text, language }) => `${language}:\n${text}`,
    close: () => rmSync(base, { recursive: true }),
  };
}

function modulesIn(folder) {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => name.endsWith('.spv')).map((name) => readFileSync(join(ROOT, folder, name)));
}

/** The fixtures declare what no shipped kernel does. */
const fixtures = modulesIn('test/fixtures');
const MODULES = [...modulesIn('shaders/spirv'), ...fixtures, ...fixtures, ...fixtures];
const OPCODES = [
  15, 16, 17, 19, 20, 21, 22, 23, 24, 28, 29, 30, 32, 43, 44, 48, 49, 50, 51, 52, 54, 56, 59, 61, 65, 71, 72,
];

/** Bytes that are changed, or instructions that are: lost, doubled, with the operands of others. */
function changedModule(random) {
  const bytes = pick(random, MODULES);
  if (onceIn(random, 3)) return changedBytes(random, bytes);
  const words = [...new Uint32Array(Uint8Array.from(bytes).buffer)];
  const starts = startsOf(words);
  const changes = 1 + below(random, 3);
  for (let i = 0; i < changes; i++) pick(random, WORD_CHANGES)(random, words, starts);
  return Buffer.from(Uint32Array.from(words).buffer);
}

function startsOf(words) {
  const starts = [];
  for (let at = 5; at < words.length; at += Math.max(1, words[at] >>> 16)) starts.push(at);
  return starts;
}

const WORD_CHANGES = [
  // An operand becomes that of another place: ids stay ids, types become cyclic.
  (random, words) => {
    words[5 + below(random, words.length - 5)] = words[below(random, words.length)];
  },
  (random, words) => {
    words[5 + below(random, words.length - 5)] = pick(random, [
      0,
      1,
      2,
      3,
      4,
      64,
      0xffff,
      0x7fff_ffff,
      0xffff_ffff,
      below(random, 60),
    ]);
  },
  (random, words, starts) => {
    const at = pick(random, starts);
    const length = words[at] >>> 16;
    words.splice(pick(random, starts), 0, ...words.slice(at, at + length));
  },
  (random, words, starts) => {
    const at = pick(random, starts);
    words.splice(at, Math.max(1, words[at] >>> 16));
  },
  (random, words, starts) => {
    const at = pick(random, starts);
    words[at] = (words[at] & 0xffff_0000) | pick(random, OPCODES);
  },
  (random, words) => {
    words[3] = pick(random, [0, 1, 8, 0xffff_ffff, words[3]]);
  },
];

const SOURCE = { kind: 'convention', place: null };
const SHADER = {
  ...{
    path: 'strange.spv',
    language: 'spirv',
    text: '',
    sourceSha256: '',
    spirvSha256: '',
    targetEnvironment: null,
  },
  ...{ compiler: null, validator: { name: null, reason: null }, cached: false },
};

function use(spirv) {
  const kernel = reflectKernel(spirv);
  requirePlain(kernel, (text) => !/\p{Cc}/u.test(text));
  const definition = defineShader({
    ...{
      shader: { ...SHADER, spirv: Uint8Array.from(spirv) },
      kernel,
      name: { value: 'strange', from: SOURCE },
    },
    ...{ statements: [], isVerifiedElsewhere: true, module: null, reference: null },
  });
  const expandable = expandableOf(definition, {});
  JSON.stringify([planDefinition(expandable, null), describeDefinition(expandable)]);
  const benchmark = benchmarkOf(definition);
  const axes = Object.fromEntries(Object.entries(benchmark.axes).map(([name, [value = 1]]) => [name, value]));
  benchmark.work(axes);
  for (const { elements } of Object.values(benchmark.buffers)) requirePlain(elements(axes));
  return 'accepted';
}

const openModules = () => ({
  make: changedModule,
  attempt: use,
  show: (bytes) => Buffer.from(bytes).toString('base64'),
});

export default [
  { name: 'shader-text', open: async () => openTexts() },
  { name: 'spirv', open: async () => openModules() },
];
