// Paths that lead elsewhere: by dots, by links and by names, in all that names files. What a stranger's file says reads nothing
// outside of its own folder, and nothing is written but where the user said.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { reportKeeper } from '../../src/commands/report-keeper.ts';
import { loadTargets } from '../../src/definition/load-targets.ts';
import { savePieces } from '../../src/report/write-report.ts';
import type { Case } from '../../src/suite/case-id.ts';
import { dumpOutputs } from '../../src/suite/dump-outputs.ts';
import { fileNameOf } from '../../src/suite/file-name.ts';
import type { PreparedCase } from '../../src/suite/prepare-case.ts';
import { dumpMachine } from '../../src/virt/dump-machine.ts';
import { rejectionText } from '../definition/error-text.ts';
import { folderOf } from '../definition/temporary-folder.ts';
import { guestmark, temporaryFolder } from '../e2e/guestmark.ts';
import { sampleReport } from '../report/sample-report.ts';
import { glslang } from '../shader/glslang.ts';

/** What nobody may get to see; as a shader it does not compile, so that a compiler would quote it. */
const SECRET = 'PRIVATE_KEY_7c1f\n';

const SHADER = `#version 450
layout(local_size_x = 64) in;
layout(binding = 0) buffer Y { float y[]; };
void main() { y[gl_GlobalInvocationID.x] = 1.0; }
`;

const withLine = (line: string): string => SHADER.replace('450\n', `450\n${line}\n`);

/** Files of a stranger in `mine`, and beside it what is not theirs. */
function strangers(files: Readonly<Record<string, string>>): string {
  const folder = folderOf({
    'secret.comp': SECRET,
    'keys/secret.glsl': SECRET,
    'secret.bin': SECRET.padEnd(4096, 'x'),
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`mine/${name}`, text])),
  });
  symlinkSync('../secret.comp', join(folder, 'mine/link.comp'));
  symlinkSync(join(folder, 'keys'), join(folder, 'mine/linked'));
  symlinkSync(join(folder, 'secret.bin'), join(folder, 'mine/link.bin'));
  return folder;
}

const suite = (shader: string): Record<string, string> => ({
  'suite.yaml': `shaders: [${shader}]`,
  'a.comp': SHADER,
  'b.comp': withLine('#include <secret.glsl>'),
});

describe.skipIf(glslang === undefined)('a shader and a suite file of a stranger', () => {
  it.each<[string, Record<string, string>, string]>([
    ['a shader that is a link', suite('{ file: link.comp }'), 'suite.yaml'],
    ['a shader outside', suite('{ file: ../secret.comp }'), 'suite.yaml'],
    ['what is no shader', suite('{ file: ../../../../../../etc/passwd }'), 'suite.yaml'],
    ['an include folder outside', suite('{ file: b.comp, include: ../keys }'), 'suite.yaml'],
    ['an include folder that is a link', suite('{ file: b.comp, include: linked }'), 'suite.yaml'],
    ['data by a link', suite(`{ file: a.comp, pragmas: ['fill y = file "link.bin"'] }`), 'suite.yaml'],
    ['an include', { 'a.comp': withLine('#include "../keys/secret.glsl"') }, 'a.comp'],
    ['an include by a link', { 'a.comp': withLine('#include "linked/secret.glsl"') }, 'a.comp'],
    [
      'an expected file',
      { 'a.comp': withLine('#pragma guestmark expect y = file "../secret.bin"') },
      'a.comp',
    ],
  ])('gets to see nothing by %s', async (_, files, target) => {
    const folder = strangers(files);
    const nothing = { options: {}, statements: [], expectFile: null, reference: null };
    const message = await rejectionText(loadTargets([join(folder, 'mine', target)], [], nothing));
    expect(message).toMatch(
      /lies outside of the folder|outside of the include folders|is not the name of a shader/,
    );
    expect(message).not.toContain('PRIVATE_KEY');
  });

  it('is told so by the command line, which prints nothing of the file', async () => {
    const folder = strangers({ 'a.comp': withLine('#include "linked/secret.glsl"') });
    const { code, stdout, stderr } = await guestmark(['check', '--no-cache', join(folder, 'mine/a.comp')]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('outside of the include folders'),
    });
    expect(stdout + stderr).not.toContain('PRIVATE_KEY');
  });
});

describe('names of dumped files', () => {
  const NAMES = [
    '/etc/passwd',
    '..',
    '.',
    '',
    'a\0b',
    'a/../../b',
    '\\\\host\\x',
    'x'.repeat(300),
    '.ssh',
    '-rf',
  ];
  const DEVICES = ['CON', 'con.txt', 'NUL', 'com1', 'LPT9.x', 'aux[n=1]'];

  it('are plain names in their folder, each another one', () => {
    using folder = temporaryFolder();
    const taken = new Set<string>();
    const names = [...NAMES, ...DEVICES].map((name) => fileNameOf(name, taken));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name).toBe(basename(name));
      expect(name).not.toMatch(/^(\.|con\b|nul\b|com1|lpt9|aux\b)/i);
      writeFileSync(join(folder.path, `${name}.bin`), '', { flag: 'wx' });
    }
    expect(readdirSync(folder.path)).toHaveLength(names.length);
  });
});

/** A case with one output, as it is after an iteration. */
function dump(folder: string): void {
  const one = { id: 'copy[n=4]', axes: { n: 4 }, benchmark: { name: 'copy' } } as unknown as Case;
  const binding = { name: 'y', plan: { type: 'u32' }, elements: 4, extent: null };
  const read = () => Uint32Array.of(1, 2, 3, 4);
  dumpOutputs(folder, one, { bindings: [binding], written: ['y'], read } as unknown as PreparedCase);
}

describe('links planted where outputs are written', () => {
  it('are replaced where they bear the name of an output, and refused where they bear that of a case', () => {
    using folder = temporaryFolder();
    const [victim, into] = [join(folder.path, 'victim'), join(folder.path, 'dump', 'copy_n=4')];
    writeFileSync(victim, 'mine');
    mkdirSync(into, { recursive: true });
    for (const file of ['y.bin', 'y.npy', 'outputs.json']) symlinkSync(victim, join(into, file));
    dump(join(folder.path, 'dump'));
    expect(readFileSync(victim, 'utf8')).toBe('mine');
    expect(readFileSync(join(into, 'y.bin')).length).toBe(16);
    expect(readFileSync(join(into, 'outputs.json'), 'utf8')).toContain('"case"');
    rmSync(into, { recursive: true });
    mkdirSync(join(folder.path, 'elsewhere'));
    symlinkSync(join(folder.path, 'elsewhere'), into);
    expect(() => dump(join(folder.path, 'dump'))).toThrow('Cannot write outputs to');
    expect(readdirSync(join(folder.path, 'elsewhere'))).toEqual([]);
  });
});

describe('a report', () => {
  it('that cannot be saved goes past a link that waits for it in the temporary folder', () => {
    using folder = temporaryFolder();
    const [temporary, victim] = [join(folder.path, 'tmp'), join(folder.path, 'victim')];
    mkdirSync(temporary);
    writeFileSync(victim, 'mine');
    symlinkSync(victim, join(temporary, 'report.json'));
    vi.stubEnv('TMPDIR', temporary);
    const note = vi.fn();
    const saved = reportKeeper(join(folder.path, 'missing/report.json'), { note }).finish(sampleReport());
    vi.unstubAllEnvs();
    expect(saved).toBe(false);
    expect(readFileSync(victim, 'utf8')).toBe('mine');
    const refuge = /^Report: (\S+) /.exec(note.mock.calls.at(-1)?.[0])?.[1] as string;
    expect(refuge.startsWith(`${temporary}/guestmark-`)).toBe(true);
    expect(JSON.parse(readFileSync(refuge, 'utf8'))).toMatchObject({ schema: 'guestmark-report' });
  });

  it('has temporary files whose names nobody can guess, and who swaps one changes no other file', async () => {
    using folder = temporaryFolder();
    const victim = join(folder.path, 'victim');
    writeFileSync(victim, 'mine');
    const seen: string[] = [];
    async function* pieces() {
      yield 'first';
      const name = readdirSync(folder.path).find((one) => one.endsWith('.tmp')) as string;
      seen.push(name);
      unlinkSync(join(folder.path, name));
      symlinkSync(victim, join(folder.path, name));
      yield 'second';
    }
    for (let i = 0; i < 3; i++) await savePieces(join(folder.path, `${i}.json`), 'report', pieces());
    expect(readFileSync(victim, 'utf8')).toBe('mine');
    expect(new Set(seen).size).toBe(3);
    for (const name of seen) expect(name).toMatch(/^\.guestmark-\d+-[0-9a-f]{8}\.tmp$/);
  });
});

describe('system', () => {
  it('--sysroot tells nothing that links of a recording lead to', async () => {
    using folder = temporaryFolder();
    const [outside, root] = [join(folder.path, 'outside'), join(folder.path, 'root')];
    mkdirSync(outside);
    for (const name of ['sys_vendor', 'cpuinfo', 'version']) writeFileSync(join(outside, name), SECRET);
    mkdirSync(join(root, 'proc'), { recursive: true });
    mkdirSync(join(root, 'sys/class/dmi'), { recursive: true });
    symlinkSync(outside, join(root, 'sys/class/dmi/id'));
    symlinkSync('../../outside/cpuinfo', join(root, 'proc/cpuinfo'));
    symlinkSync('hop', join(root, 'proc/version'));
    symlinkSync('hop2', join(root, 'proc/hop'));
    symlinkSync(join(outside, 'version'), join(root, 'proc/hop2'));
    symlinkSync('/etc', join(root, 'etc'));
    const { code, stdout, stderr } = await guestmark(['system', '--sysroot', root, '--evidence', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('PRIVATE_KEY');
    expect(JSON.parse(stdout)).toMatchObject({ sysroot: root });
    if (existsSync('/etc/os-release')) {
      const name = /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
      expect(stdout).not.toContain(name);
    }
  });

  it('--dump holds nothing by which this machine or its user could be known', async () => {
    using folder = temporaryFolder();
    const dump = join(folder.path, 'dump');
    expect((await guestmark(['system', '--dump', dump, '--json'])).code).toBe(0);
    const files = (readdirSync(dump, { recursive: true, withFileTypes: true }) ?? []).filter((one) =>
      one.isFile(),
    );
    expect(files.length).toBeGreaterThan(3);
    const text = files.map((one) => readFileSync(join(one.parentPath, one.name), 'latin1')).join('\n');
    for (const secret of identities()) expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
  });

  it('--dump writes through no link that appears in its folder', () => {
    using folder = temporaryFolder();
    const [dump, victim] = [join(folder.path, 'dump'), join(folder.path, 'victim')];
    writeFileSync(victim, 'mine');
    const plant = (): void => symlinkSync(victim, join(dump, 'machine.json'));
    expect(() => dumpMachine(dump, plant, { driverModes: { x: available({}) as never } })).toThrow('EEXIST');
    expect(readFileSync(victim, 'utf8')).toBe('mine');
  });
});

/** Names, ids and addresses of this machine, without those that are words of other things, or of any machine. */
function identities(): readonly string[] {
  const read = (path: string): string => {
    try {
      return readFileSync(path, 'utf8').trim();
    } catch {
      return '';
    }
  };
  const ids = ['/etc/machine-id', '/proc/sys/kernel/random/boot_id', '/sys/class/dmi/id/product_uuid'].map(
    read,
  );
  const serials = ['product', 'board', 'chassis'].map((part) => read(`/sys/class/dmi/id/${part}_serial`));
  const addresses = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter(({ internal }) => !internal).flatMap(({ address, mac }) => [address, mac]),
  );
  return [hostname(), ...ids, ...serials, ...addresses].filter(
    (one) => one.length >= 7 && !/^[0:]+$/.test(one),
  );
}
