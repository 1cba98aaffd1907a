// The shaders, modules and commands of docs/shaders.md are run in order, as written but short.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start } from './guestmark.ts';

const DOCUMENT = readFileSync('docs/shaders.md', 'utf8');
const BLOCKS = [...DOCUMENT.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language: language as string,
  text: text as string,
}));

/** Blocks that begin with a comment which names a file. */
const FILES = BLOCKS.flatMap(({ text }) => {
  const name = /^(?:\/\/|#|;) file: (\S+)\n/.exec(text)?.[1];
  return name === undefined ? [] : [{ name, text }];
});
const COMMANDS = BLOCKS.filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.trim().split('\n'))
  .map((line) => line.replace(/\s+#.*$/, ''));

/** The words of a command line, with the quoting that the document uses. */
const words = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => (quoted ?? plain) as string);

let folder = '';
beforeAll(() => {
  // Modules find the package `guestmark` by being inside of it.
  mkdirSync('dist', { recursive: true });
  folder = mkdtempSync(join('dist', 'shaders-doc-'));
  for (const { name, text } of FILES) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('docs/shaders.md', () => {
  it('has files and commands', () => {
    expect([FILES.length, COMMANDS.length]).toEqual([5, 9]);
  });

  it.each(COMMANDS)(
    '%s',
    async (line) => {
      const [program, verb, ...rest] = words(line);
      expect(program).toBe('guestmark');
      const short = verb === 'run' ? ['--max-time', '20ms', '--runs', '1', '--out', 'report.json'] : [];
      const { code, stdout, stderr } = await start([verb as string, ...rest, ...short], {}, folder).finished;
      expect({ code, stderr, output: stdout }).toEqual({
        code: 0,
        stderr: '',
        output: expect.stringMatching(/\S/),
      });
      // A case that is measured has been verified.
      if (verb === 'run') expect(stdout).toContain('✓');
    },
    60_000,
  );
});
