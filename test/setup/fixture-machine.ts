// A machine made of a folder: its files, and an apt-get and dpkg-deb that act out a small archive. What
// they print was recorded from Debian 12.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { systemFiles } from '../../src/base/system-files.ts';
import { describeMachine, type Machine } from '../../src/setup/machine.ts';
import type { CommandResult, RunCommand } from '../../src/setup/run-command.ts';

/** The files of a package, path to text. */
type Contents = Readonly<Record<string, string>>;

const ICD =
  '{"ICD":{"api_version":"1.1.230","library_path":"/usr/lib/x86_64-linux-gnu/libvulkan_lvp.so"},"file_format_version":"1.0.0"}';
const LAYER =
  '{"file_format_version":"1.2.0","layer":{"name":"VK_LAYER_KHRONOS_validation","library_path":"libVkLayer_khronos_validation.so"}}';
const LIB = 'usr/lib/x86_64-linux-gnu';

/** What the archive holds. */
export const ARCHIVE: Readonly<Record<string, Contents>> = {
  'mesa-vulkan-drivers': {
    [`${LIB}/libvulkan_lvp.so`]: 'elf',
    'usr/share/vulkan/icd.d/lvp_icd.x86_64.json': ICD,
  },
  libvulkan1: { [`${LIB}/libvulkan.so.1`]: 'elf' },
  'libx11-6': { [`${LIB}/libX11.so.6`]: 'elf' },
  libxext6: { [`${LIB}/libXext.so.6`]: 'elf' },
  chromium: { 'usr/bin/chromium': '#!/bin/sh', 'usr/lib/chromium/chromium': 'elf' },
  'fonts-liberation': { 'usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf': 'font' },
  'glslang-tools': { 'usr/bin/glslangValidator': 'elf' },
  slurmctld: { 'usr/sbin/slurmctld-wlm': 'elf' },
  slurmd: { 'usr/sbin/slurmd-wlm': 'elf', 'usr/sbin/slurmstepd-wlm': 'elf' },
  'slurm-client': { 'usr/bin/squeue': 'elf' },
  munge: { 'usr/sbin/munged': 'elf' },
  'spirv-tools': { 'usr/bin/spirv-val': 'elf' },
  'vulkan-validationlayers': {
    [`${LIB}/libVkLayer_khronos_validation.so`]: 'elf',
    'usr/share/vulkan/explicit_layer.d/VkLayer_khronos_validation.json': LAYER,
  },
  'libvulkan-dev': {
    'usr/include/vulkan/vulkan_core.h': '#define VULKAN_CORE_H_ 1',
    'usr/share/vulkan/registry/vk.xml': '<registry/>',
  },
};

const DEBIAN = {
  '/etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
  '/usr/bin/apt-get': '',
  '/usr/bin/dpkg-deb': '',
  ...Object.fromEntries(
    ['slurmctld-wlm', 'slurmd-wlm', 'slurmstepd-wlm', 'munged'].map((name) => [`/usr/sbin/${name}`, '']),
  ),
  '/var/lib/dpkg/status': 'Package: dpkg\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n',
};

/** A fixture machine and what was done on it. */
export interface FixtureMachine {
  readonly machine: Machine;
  /** The folder that stands for `/`. */
  readonly root: string;
  /** Command lines, without apt-get's options. */
  readonly commands: readonly string[];
  /** The lines said to the user. */
  readonly said: string[];
  [Symbol.dispose](): void;
}

/** What differs from a Debian 12 with an archive in reach and an ordinary user. */
export interface FixtureOptions {
  readonly isRoot?: boolean;
  /** More files, by absolute path. */
  readonly files?: Contents;
  /** Files that this machine lacks. */
  readonly without?: readonly string[];
  /** The network is down: package lists cannot be had. */
  readonly isOffline?: boolean;
  /** Packages that the archive does not have. */
  readonly notInArchive?: readonly string[];
  /** A program that fails, with what it says. */
  readonly broken?: { readonly program: string; readonly stderr: string };
}

/** Makes a fixture machine in a temporary folder, which goes when it is disposed. */
export function fixtureMachine(options: FixtureOptions = {}): FixtureMachine {
  const root = mkdtempSync(join(tmpdir(), 'guestmark-setup-'));
  for (const [path, text] of Object.entries({ ...DEBIAN, ...options.files })) {
    if (!options.without?.includes(path)) write(join(root, path), text);
  }
  const commands: string[] = [];
  const machine = describeMachine({
    env: { HOME: '/home/user', PATH: '/usr/bin', GUESTMARK_CACHE: join(root, 'cache') },
    files: systemFiles(root),
    run: actor(root, options, commands),
    isRoot: options.isRoot ?? false,
  });
  const dispose = (): void => rmSync(root, { recursive: true, force: true });
  return { machine: seeing(machine), root, commands, said: [], [Symbol.dispose]: dispose };
}

/** The cache folder is a real one: paths into it are read as they are. */
function seeing(machine: Machine): Machine {
  const real = systemFiles();
  const pick = (path: string) => (path.startsWith(machine.cacheFolder) ? real : machine.files);
  return {
    ...machine,
    files: {
      read: (path) => pick(path).read(path),
      list: (path) => pick(path).list(path),
      link: (path) => pick(path).link(path),
    },
  };
}

function actor(root: string, options: FixtureOptions, commands: string[]): RunCommand {
  return async (file, args) => {
    const words = args.filter((arg, index) => arg !== '-o' && args[index - 1] !== '-o');
    commands.push([file, ...words.map((word) => basename(word))].join(' '));
    if (options.broken !== undefined && options.broken.program === file) {
      return { exit: 2, stdout: '', stderr: options.broken.stderr };
    }
    return file === 'dpkg-deb' ? dpkgDeb(words) : aptGet(root, options, args, words);
  };
}

const OK: CommandResult = { exit: 0, stdout: '', stderr: '' };
const OFFLINE = "W: Failed to fetch http://archive/InRelease  Temporary failure resolving 'archive'\n";

function aptGet(
  root: string,
  options: FixtureOptions,
  args: readonly string[],
  words: readonly string[],
): CommandResult {
  if (words.includes('update')) return options.isOffline ? { ...OK, stderr: OFFLINE } : OK;
  const packages = words.slice(words.indexOf('install') + 1);
  const unknown = packages.find((name) => options.notInArchive?.includes(name));
  if (unknown !== undefined)
    return { exit: 100, stdout: '', stderr: `E: Unable to locate package ${unknown}\n` };
  if (options.isOffline)
    return { exit: 100, stdout: '', stderr: `E: Unable to locate package ${packages[0]}\n` };
  const uris = packages.map(
    (name) => `'http://archive/${name}.deb' ${name}_1%3a2.0_amd64.deb 1048576 MD5Sum:0`,
  );
  if (words.includes('--print-uris')) {
    return {
      ...OK,
      stdout: `After this operation, 2,097 kB of additional disk space will be used.\n${uris.join('\n')}`,
    };
  }
  const cache = args.find((arg) => arg.startsWith('Dir::Cache='))?.slice('Dir::Cache='.length);
  for (const name of packages) {
    if (cache !== undefined) write(join(cache, 'archives', `${name}_1%3a2.0_amd64.deb`), '');
    else unpack(name, root);
  }
  // What ldconfig does at the end of an installation.
  const installed = join(root, LIB);
  const libraries = existsSync(installed) ? readdirSync(installed) : [];
  write(join(root, 'etc/ld.so.cache'), libraries.map((name) => `${name}\0/${LIB}/${name}\0`).join(''));
  return OK;
}

function dpkgDeb([, deb, target]: readonly string[]): CommandResult {
  if (deb === undefined || target === undefined || !existsSync(deb)) return { ...OK, exit: 2 };
  unpack(basename(deb).split('_')[0] ?? '', target);
  return OK;
}

function unpack(name: string, target: string): void {
  for (const [path, text] of Object.entries(ARCHIVE[name] ?? {})) write(join(target, path), text);
}

/** Writes a file and the folders above it. */
export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The names in the cache folder, hidden ones included. */
export function cacheNames({ machine }: FixtureMachine): readonly string[] {
  return existsSync(machine.cacheFolder) ? readdirSync(machine.cacheFolder).sort() : [];
}
