// Who may import whom. Every rule takes files and gives problems, each naming the file; a rule that
// gives nothing holds.
import { posix } from 'node:path';
import type { Import, SourceFile } from './source-file.ts';

/** What the modules of a folder may load, and what they may know the types of besides. */
interface Layer {
  readonly uses: readonly string[];
  readonly types?: readonly string[];
}

/** Folders of src/ from the bottom up; a folder may always use itself. */
const LAYERS: Readonly<Record<string, Layer>> = {
  base: { uses: [] },
  stats: { uses: ['base'] },
  timing: { uses: ['base', 'stats'] },
  program: { uses: ['base', 'stats', 'timing'] },
  external: { uses: ['base', 'stats', 'timing'] },
  shader: { uses: ['base'] },
  setup: { uses: ['base'] },
  'device-state': { uses: ['base'] },
  virt: { uses: ['base', 'timing', 'device-state'] },
  counters: { uses: ['base', 'timing', 'device-state', 'virt'] },
  guest: { uses: ['base', 'timing'] },
  vulkan: { uses: ['base', 'shader'] },
  suite: {
    uses: ['base', 'stats', 'timing', 'vulkan', 'shader', 'guest'],
    types: ['external', 'device-state', 'counters'],
  },
  definition: { uses: ['base', 'shader', 'vulkan', 'suite', 'report'] },
  report: {
    uses: ['base', 'stats', 'timing'],
    types: [
      'suite',
      'external',
      'device-state',
      'virt',
      'counters',
      'vulkan',
      'program',
      'shader',
      'definition',
    ],
  },
  // What becomes of report files.
  evidence: { uses: ['base', 'stats', 'timing', 'report'], types: ['suite', 'program', 'virt', 'vulkan'] },
  compare: { uses: ['base', 'stats', 'report', 'evidence'], types: ['suite', 'virt'] },
  history: { uses: ['base', 'stats', 'report', 'evidence', 'compare'] },
  export: {
    uses: ['base', 'stats', 'report', 'evidence', 'compare'],
    types: ['timing', 'device-state', 'suite', 'virt', 'vulkan'],
  },
  page: { uses: ['base', 'stats', 'report', 'evidence', 'compare'], types: ['suite', 'virt', 'vulkan'] },
  isolation: {
    uses: [
      'base',
      'timing',
      'guest',
      'external',
      'device-state',
      'virt',
      'counters',
      'vulkan',
      'suite',
      'definition',
    ],
    types: ['report'],
  },
  run: { uses: ['base', 'stats', 'virt', 'suite', 'definition', 'isolation', 'report'] },
  // Many machines, and many processes on one device.
  fleet: { uses: ['base', 'report'] },
  merge: {
    uses: ['base', 'stats', 'report', 'evidence', 'compare', 'export', 'page', 'fleet'],
    types: ['suite', 'virt', 'vulkan', 'device-state'],
  },
  tenants: {
    uses: [
      'base',
      'stats',
      'timing',
      'virt',
      'suite',
      'definition',
      'isolation',
      'report',
      'evidence',
      'compare',
      'run',
    ],
    types: ['vulkan'],
  },
  commands: {
    uses: [
      'base',
      'stats',
      'timing',
      'program',
      'external',
      'shader',
      'setup',
      'virt',
      'counters',
      'vulkan',
      'suite',
      'definition',
      'report',
      'evidence',
      'compare',
      'history',
      'export',
      'page',
      'isolation',
      'run',
      'fleet',
      'merge',
      'tenants',
    ],
  },
};

/** `base` for src/base/units.ts; the file's own name for one directly in src/. */
function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** The project file that an import of `from` leads to; undefined for packages. */
function targetOf(from: SourceFile, { specifier }: Import): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from.path), specifier) : undefined;
}

/** Folders of src/ import downwards only. */
export function directionProblems(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) =>
    file.imports.flatMap((one) => {
      const target = targetOf(file, one);
      const problem = target?.startsWith('src/') === true ? directionProblem(file, one, target) : undefined;
      return problem === undefined ? [] : [`${file.path}:${one.line}: ${problem}`];
    }),
  );
}

function directionProblem(file: SourceFile, { typeOnly }: Import, target: string): string | undefined {
  const [from, to] = [folderOf(file.path), folderOf(target)];
  if (from === to || file.path === 'src/cli.ts' || file.path === 'src/child.ts') return undefined;
  if (file.path === 'src/index.ts') {
    return ['commands', 'cli.ts', 'child.ts'].includes(to)
      ? `the public surface must not load ${to}`
      : undefined;
  }
  const layer = LAYERS[from];
  if (layer === undefined) return `src/${from} has no place in the table of import directions`;
  if (layer.uses.includes(to)) return undefined;
  if (layer.types?.includes(to) !== true) return `src/${from} must not import from src/${to}`;
  return typeOnly ? undefined : `src/${from} may import types only from src/${to}`;
}

/** Nothing imports what imports it, in however many steps; types count too. */
export function cycleProblems(files: readonly SourceFile[]): readonly string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const problems: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) problems.push(`import cycle: ${[...trail.slice(start), path].join(' → ')}`);
    if (start >= 0 || done.has(path)) return;
    const file = byPath.get(path);
    for (const one of file?.imports ?? []) {
      const target = targetOf(file as SourceFile, one);
      if (target !== undefined && byPath.has(target)) visit(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return problems;
}

/** A package that only some files may load. */
export function packageProblems(
  files: readonly SourceFile[],
  name: string,
  isAllowed: (path: string) => boolean,
): readonly string[] {
  const loads = ({ specifier, typeOnly }: Import): boolean =>
    !typeOnly && (specifier === name || specifier.startsWith(`${name}/`));
  return files.flatMap((file) =>
    isAllowed(file.path)
      ? []
      : file.imports.filter(loads).map(({ line }) => `${file.path}:${line}: must not load ${name}`),
  );
}

/** Modules of `lazy` are loaded by `import()`, or by each other. */
export function lazyProblems(files: readonly SourceFile[], lazy: readonly string[]): readonly string[] {
  return files
    .filter(({ path }) => !lazy.includes(path))
    .flatMap((file) =>
      file.imports
        .filter((one) => !one.typeOnly && !one.dynamic && lazy.includes(targetOf(file, one) ?? ''))
        .map(({ line, specifier }) => `${file.path}:${line}: ${specifier} must be loaded by import()`),
    );
}

/** The public package and its subpaths, Node, and other files of bench/. */
const FOR_BENCH = ['guestmark', 'guestmark/vulkan', 'guestmark/timing'];

function isForBench(file: SourceFile, one: Import): boolean {
  const { specifier } = one;
  const target = targetOf(file, one);
  return (
    FOR_BENCH.includes(specifier) || specifier.startsWith('node:') || target?.startsWith('bench/') === true
  );
}

/** Benchmark definitions know the package as its users do. */
export function benchProblems(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) =>
    file.imports
      .filter((one) => !isForBench(file, one))
      .map(
        ({ line, specifier }) =>
          `${file.path}:${line}: imports ${specifier} and not only guestmark and node:`,
      ),
  );
}

/** An index file passes names on and does nothing. */
export function reexportProblems(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const reexports = file.imports.filter(({ dynamic }) => !dynamic).length;
    const isPlain = file.statements.every(
      (type) => type === 'ExportNamedDeclaration' || type === 'ExportAllDeclaration',
    );
    return isPlain && reexports === file.statements.length ? [] : [`${file.path}: does more than re-export`];
  });
}
