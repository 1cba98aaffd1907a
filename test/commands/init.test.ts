import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { initCommand } from '../../src/commands/init.ts';
import type { Terminal } from '../../src/commands/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-init-'));
afterAll(() => rmSync(folder, { recursive: true }));

function init(name: string): string {
  const printed: string[] = [];
  const terminal = { print: (text: string) => printed.push(text) } as unknown as Terminal;
  initCommand({ name: join(folder, name), force: false }, terminal);
  return printed.join('\n');
}

describe('initCommand()', () => {
  it('prints commands that a shell takes as they are', () => {
    expect(init('plain')).toContain(`guestmark run ${join(folder, 'plain.comp')}\n`);
    expect(init('a b')).toContain(`guestmark run '${join(folder, 'a b.comp')}'\n`);
    expect(readFileSync(join(folder, 'a b.comp'), 'utf8')).toContain("guestmark run './a b.comp'");
  });

  it.each(['.', '..', 'x.hlsl', 'a\u001b[31mb', 'a\nb', "a'b"])('refuses the name %j', (name) => {
    const terminal = { print: () => undefined } as unknown as Terminal;
    const refused = () => initCommand({ name: `${folder}/${name}`, force: false }, terminal);
    expect(refused).toThrow('is no name for a kernel');
  });
});
