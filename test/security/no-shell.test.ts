// No text ever becomes a command: neither in the sources, nor where a shader or an argument bears a name that a shell or
// the option parser of a tool would take for more than a name.
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { start, temporaryFolder } from '../e2e/guestmark.ts';
import { glslang } from '../shader/glslang.ts';
import { filesBelow, readFiles } from '../structure/project-files.ts';
import { shellProblems } from './shell-rules.ts';

const SOURCES = [
  ...readFiles([...filesBelow('src', '.ts'), ...filesBelow('bench', '.ts')]),
  ...readFiles(['bootstrap.mjs']),
];

describe('sources', () => {
  it('start no shell and make no code of text', () => {
    expect(SOURCES.length).toBeGreaterThan(600);
    expect(shellProblems(SOURCES)).toEqual([]);
  });

  it('start programs in these files only', () => {
    const starters = SOURCES.filter(({ text }) =>
      /^import (?!type)[^;]*from 'node:child_process'|posix_spawnp\(/m.test(text),
    );
    expect(starters.map(({ path }) => path).sort()).toEqual([
      'bootstrap.mjs',
      'src/commands/fleet-task.ts',
      'src/counters/vmware-pseudo-counters.ts',
      'src/guest/spinner-pool.ts',
      'src/isolation/child-process.ts',
      'src/setup/run-command.ts',
      'src/shader/run-tool.ts',
      'src/timing/libc.ts',
    ]);
  });

  it.each([
    "spawn('x', [], { shell: true })",
    "spawn('sh', ['-c', text])",
    "execFile('/bin/bash', [])",
    "import { exec } from 'node:child_process';",
    "import { execSync } from 'node:child_process';",
    "import * as children from 'node:child_process';",
    "const { exec } = await import('node:child_process');",
    'execSync(`ls`)',
    'exec(text)',
    "bind('int system(str command)')",
    "bind('void *popen(str command, str mode)')",
    'eval(text)',
    "new Function('return 1')",
    "import { runInThisContext } from 'node:vm';",
    'new Worker(text, { eval: true })',
    "setTimeout('x()', 1)",
    'await import(`data:text/javascript,1`)',
  ])('would be noticed with %s', (line) => {
    expect(shellProblems([{ path: 'x.ts', text: `const a = 1;\n  ${line}\n` }])).not.toEqual([]);
  });

  it.each([
    "// spawn('sh', ['-c', text])",
    'const found = PATTERN.exec(text);',
    "import { type ChildProcess, execFile } from 'node:child_process';",
    "import type { ChildProcess } from 'node:child_process';",
    'this.#exec(text)',
  ])('may hold %s', (line) => {
    expect(shellProblems([{ path: 'x.ts', text: `${line}\n` }])).toEqual([]);
  });
});

/** Each gives a benchmark of its own name. */
const NAMES = [
  '-o.comp',
  '--help -h.comp',
  '$(touch pwned-a).comp',
  '; touch pwned-b;.comp',
  'a\nb %s%n.comp',
  '@response *.comp',
  '|pipe>pwned-c.comp',
];
const SHADER = `#version 450
layout(local_size_x = 64) in;
layout(binding = 0) buffer Y { float y[]; };
void main() { y[gl_GlobalInvocationID.x] = 1.0; }
`;

/** A compiler that writes down how it was called, then does its work. */
function loggedCompiler(folder: string, log: string): string {
  const script = `#!/bin/sh\nfor word in "$@"; do printf '%s\\n' "$word"; done >> '${log}'\nexec '${glslang?.path}' "$@"\n`;
  const path = join(folder, 'glslang');
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}

describe('names of files', () => {
  it.skipIf(glslang === undefined)('reach no compiler, no shell and no option parser', async () => {
    using folder = temporaryFolder();
    const shaders = join(folder.path, 'shaders');
    mkdirSync(shaders);
    for (const [index, name] of NAMES.entries())
      writeFileSync(
        join(shaders, name),
        SHADER.replace('450\n', `450\n#pragma guestmark name case-${index}\n`),
      );
    const log = join(folder.path, 'log');
    const GUESTMARK_GLSLANG = loggedCompiler(folder.path, log);
    const args = ['check', '--json', '--no-cache', '--', ...NAMES];
    const { code, stdout, stderr } = await start(args, { GUESTMARK_GLSLANG }, shaders).finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const checked = JSON.parse(stdout) as { shaders: object[] };
    expect(checked.shaders).toHaveLength(NAMES.length);
    expect(readdirSync(shaders).sort()).toEqual([...NAMES].sort());
    const words = readFileSync(log, 'utf8').trimEnd().split('\n');
    expect(words.filter((word) => word === 'shader.comp')).toHaveLength(NAMES.length);
    const known = [
      'vulkan1.2',
      'vulkan1.3',
      '--version',
      '-V',
      '-S',
      'comp',
      '--target-env',
      'vulkan1.1',
      '-o',
      'out.spv',
      'shader.comp',
    ];
    expect(words.filter((word) => !known.includes(word))).toEqual([]);
  });

  it('are arguments of a measured program as they are', async () => {
    using folder = temporaryFolder();
    const script = `import { writeFileSync } from 'node:fs'; writeFileSync('argv', JSON.stringify(process.argv.slice(2)));`;
    writeFileSync(join(folder.path, 'show.mjs'), script);
    const words = ['$(touch pwned)', '; touch pwned', '`touch pwned`', '-x', '--', 'a\nb', '', '*', '"\\'];
    const args = ['time', '--runs', '1', '--', process.execPath, 'show.mjs', ...words];
    const { code } = await start(args, {}, folder.path).finished;
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder.path, 'argv'), 'utf8'))).toEqual(words);
    expect(readdirSync(folder.path).sort()).toEqual(['argv', 'show.mjs']);
  });
});
