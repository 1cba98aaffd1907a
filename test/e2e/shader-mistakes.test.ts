// What people get wrong with shaders of their own: one message that names the thing and the remedy, the documented exit
// code, and nothing crashes. Everything is run as a user would run it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { glslang } from '../shader/glslang.ts';
import { guestmark, temporaryFolder } from './guestmark.ts';

const HEAD = '#version 450\nlayout(local_size_x = 64) in;\n';
const OUT = 'layout(binding = 0) buffer Y { float y[]; };\n';
const INDEX = 'uint i = gl_GlobalInvocationID.x;';
const GOOD = `${HEAD}${OUT}void main() { ${INDEX} if (i < y.length()) y[i] += 1; }\n`;

interface Mistake {
  readonly what: string;
  readonly text?: string | Uint8Array;
  /** Default `my.comp`. */
  readonly file?: string;
  readonly args?: readonly string[];
  readonly code: number;
  /** On standard error or, for a case, in the table. */
  readonly says: readonly (string | RegExp)[];
}

const MISTAKES: readonly Mistake[] = [
  {
    what: 'a syntax error',
    text: `${HEAD}${OUT}void main() { y[0] = nothing; }\n`,
    code: 2,
    says: [/my\.comp:4: .*nothing.*undeclared/, '4 | void main() { y[0] = nothing; }'],
  },
  {
    what: 'a push constant without a value',
    text: `${HEAD}${OUT}layout(push_constant) uniform P { float a; };\nvoid main() { y[0] = a; }\n`,
    code: 2,
    says: ['push constant "a" has no value', '#pragma guestmark axis a = 1', '--axis a=1'],
  },
  {
    what: 'a wrong pragma key',
    text: `${GOOD}#pragma guestmark axes n = 1Ki\n`,
    code: 2,
    says: ['my.comp:5', '"axes" is no key', 'known: axis, elements'],
  },
  {
    what: 'a pragma about a binding that there is not',
    text: `${GOOD}#pragma guestmark fill x = zero\n`,
    code: 2,
    says: ['my.comp:5', 'no binding "x"', 'it has y'],
  },
  { what: 'an unknown axis', args: ['--axis', 'm=1'], code: 2, says: ['axis "m"', 'n'] },
  {
    what: 'a wrong axis value',
    args: ['--axis', 'n=1Mi..2Ki*2'],
    code: 2,
    says: ['--axis', 'its end is below its start'],
  },
  {
    what: 'a misspelt axis in a pragma',
    text: `${GOOD}#pragma guestmark axis N = 1Ki\n`,
    code: 2,
    says: ['nothing uses the axis "N"', 'its axes: n'],
  },
  {
    what: 'more workgroups than the device takes',
    text: GOOD.replace('local_size_x = 64', 'local_size_x = 1'),
    args: ['--axis', 'n=16Mi'],
    code: 1,
    says: ['maxComputeWorkGroupCount', /lower the .*axis/],
  },
  {
    what: 'a buffer over maxStorageBufferRange',
    args: ['--axis', 'n=64Mi', '--pragma', 'items 64'],
    code: 1,
    says: ['maxStorageBufferRange', '"y"', /lower the .*axis/],
  },
  {
    what: 'a request of 4 GiB',
    args: ['--axis', 'n=1Gi', '--pragma', 'items 64'],
    code: 1,
    says: ['4.00 GiB', /lower the .*axis/],
  },
  {
    what: 'a memory limit',
    args: ['--axis', 'n=1Mi', '--memory-limit', '1Mi'],
    code: 1,
    says: ['its buffers take 4.', 'the limit is 1.00 MiB', 'lower the axis n', '--memory-limit'],
  },
  {
    what: 'a division by zero',
    args: ['--pragma', 'flops n / (n - n)'],
    code: 2,
    says: ['n / (n - n)', 'it divides by zero'],
  },
  {
    what: 'an expression that is no expression',
    args: ['--pragma', 'flops n ** 2'],
    code: 2,
    says: ['n ** 2', '"*"'],
  },
  {
    what: 'an infinite loop',
    // llvmpipe ends an invocation's loops after 65535 iterations, so there it takes many invocations.
    text: `${HEAD}layout(binding = 0) volatile buffer Stop { uint stop[]; };
void main() {
  uint x = gl_GlobalInvocationID.x;
  while (stop[0] == 0u) {
    for (int k = 0; k < 100; k++) x = (x ^ (x >> 16)) * 0x7feb352du;
    if (x == 0x9e3779b9u) stop[1] = x;
  }
}\n`,
    args: [
      '--timeout',
      '1s',
      '--axis',
      'n=64',
      '--pragma',
      'groups 65535, 65535',
      '--pragma',
      'fill stop = zero',
    ],
    code: 1,
    says: ['within', '--timeout'],
  },
  {
    what: 'an output that does not repeat',
    // A clock stands for a race, whose outcome nobody can be sure of.
    text: `#version 450
#extension GL_EXT_shader_realtime_clock : enable
#extension GL_ARB_shader_clock : enable
layout(local_size_x = 64) in;
layout(binding = 0) buffer Y { uint y[]; };
void main() { ${INDEX} if (i < y.length()) y[i] = clock2x32ARB().x; }\n`,
    args: ['--axis', 'n=1Ki'],
    code: 1,
    says: ['output is wrong', /race|repeat|same work/],
  },
  {
    what: 'a wrong result',
    args: ['--axis', 'n=1Ki', '--pragma', 'fill y = 1', '--pragma', 'expect y = 3'],
    code: 1,
    says: ['y[0] is 2 and should be 3'],
  },
  {
    what: 'a shader without an output',
    text: `${HEAD}layout(binding = 0) readonly buffer X { float x[]; };\nshared float s;\nvoid main() { s = x[0]; }\n`,
    code: 2,
    says: ['it writes to no binding', 'storage buffer'],
  },
  {
    what: 'a kind of binding that is not supported',
    text: `${HEAD}${OUT}layout(binding = 1) uniform sampler2D tex;\nvoid main() { y[0] = texelFetch(tex, ivec2(0), 0).x; }\n`,
    code: 1,
    says: ['"tex"', 'combined-image-sampler'],
  },
  { what: 'an unknown entry point', args: ['--entry', 'other'], code: 2, says: ['other', 'main'] },
  {
    what: 'an include that leads out of the folder',
    text: `${HEAD}#include "../../../../etc/hostname"\n${OUT}void main() { y[0] = 1; }\n`,
    code: 2,
    says: [/my\.comp:3/, 'outside', '--include'],
  },
  {
    what: 'a file that is missing',
    file: 'none.comp',
    text: undefined as never,
    code: 2,
    says: ['none.comp'],
  },
  { what: 'an unknown kind of file', file: './my.vert', text: GOOD, code: 2, says: ['my.vert', '.comp'] },
  { what: 'an empty file', text: '', code: 2, says: ['my.comp', 'empty'] },
  {
    what: 'a feature that the device lacks',
    args: ['--pragma', 'requires noSuchFeature'],
    code: 1,
    says: ['noSuchFeature'],
  },
  {
    what: 'a file to compare with that has another length',
    args: ['--axis', 'n=1Ki', '--expect', 'my.comp'],
    code: 1,
    says: [/my\.comp/, '4096'],
  },
  {
    what: 'a file to compare with that is missing',
    args: ['--expect', 'none.bin'],
    code: 2,
    says: ['--expect "none.bin"', 'no such file'],
  },
  {
    what: 'an include folder that is missing',
    args: ['-I', 'nowhere'],
    code: 2,
    says: ['"nowhere"', 'no such folder'],
  },
  {
    what: 'a file to compare with whose name is too long',
    args: ['--expect', 'x'.repeat(300)],
    code: 2,
    says: ['no such file'],
  },
  { what: 'a tolerance of nothing', args: ['--tolerance', '1'], code: 2, says: ['--expect nor --reference'] },
  {
    what: 'outputs to where no folder can be',
    args: ['--dump-outputs', '/proc/no-such-folder/x'],
    code: 4,
    says: ['/proc/no-such-folder/x'],
  },
  {
    what: 'escape codes in what is quoted',
    args: ['-D', '\u001b[2J'],
    code: 2,
    says: ['\\u001b[2J'],
  },
  {
    what: 'a file to fill from that is missing',
    args: ['--pragma', 'fill y = file "none.bin"'],
    code: 2,
    says: ['none.bin', '--pragma', 'there is no such file'],
  },
  { what: 'random bytes as a module', file: 'my.spv', text: randomBytes(4096), code: 2, says: ['my.spv'] },
  {
    what: 'text as a module',
    file: 'my.spv',
    text: GOOD,
    code: 2,
    says: ['my.spv', /SPIR-V/],
  },
];

function randomBytes(length: number): Uint8Array {
  let state = 12345;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 24;
  });
}

describe.skipIf(glslang === undefined)('guestmark run, with a shader that is wrong', () => {
  it.concurrent.each(MISTAKES)(
    '$what',
    async ({ text, file = 'my.comp', args = [], code, says, what }) => {
      using folder = temporaryFolder();
      const path = join(folder.path, file);
      if (what !== 'a file that is missing') writeFileSync(path, text ?? GOOD);
      const found = await guestmark([
        'run',
        path,
        ...args.map((arg) => (arg === 'my.comp' ? path : arg)),
        ...['--runs', '1', '--max-time', '20ms', '--out', join(folder.path, 'r.json')],
      ]);
      const said = (found.stderr + found.stdout).replace(/\s+/g, ' ');
      for (const one of says) {
        if (typeof one === 'string') expect(said).toContain(one.replace(/\s+/g, ' '));
        else expect(said).toMatch(one);
      }
      expect(found.code).toBe(code);
      expect(found.stderr).not.toMatch(/\n +at /);
      expect(found.stderr).not.toContain('\u001b');
    },
    60_000,
  );

  it('a module that is cut at any word of its declarations', async () => {
    using folder = temporaryFolder();
    const whole = readFileSync('shaders/spirv/copy-w4.spv');
    mkdirSync(join(folder.path, 'cut'));
    // Every byte is cut by the tests of reflection; the command line is tried at some.
    for (const at of [0, 1, 3, 4, 19, 20, 100, 222, 600, whole.length - 4, whole.length - 1]) {
      const path = join(folder.path, 'cut', 'copy.spv');
      writeFileSync(path, whole.subarray(0, at));
      const { code, stderr } = await guestmark(['check', path]);
      expect({ at, code, stderr }).toEqual({ at, code: 2, stderr: expect.stringContaining('copy.spv') });
      expect(stderr).not.toMatch(/\n +at /);
    }
  }, 60_000);

  it('writes out of bounds with robustBufferAccess do no harm', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'far.comp');
    writeFileSync(path, `${HEAD}${OUT}void main() { ${INDEX} y[i] += 1; y[i + 500000000u] = 7; }\n`);
    const out = join(folder.path, 'r.json');
    const { code, stdout } = await guestmark([
      'run',
      path,
      '--axis',
      'n=64',
      '--robust',
      '--runs',
      '1',
      '--max-time',
      '20ms',
      '--out',
      out,
    ]);
    expect({ code, verified: stdout.includes('✓') }).toEqual({ code: 0, verified: true });
  }, 60_000);
});
