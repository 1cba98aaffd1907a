import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  buildKernels,
  type KernelManifest,
  kernelSources,
  prebuiltSources,
  sourceHashOf,
} from '../../src/shader/build-kernels.ts';
import { glslang } from './glslang.ts';

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const readManifest = (folder: string): KernelManifest =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));

const validator = spawnSync('spirv-val', ['--version']).error === undefined;
if (!validator) console.warn('Validation of SPIR-V is skipped: no spirv-val is in PATH');

describe.each([
  ['shaders', 'shaders/spirv'],
  ['test/fixtures/shaders-bad', 'test/fixtures/shaders-bad'],
])('buildKernels() of %s', (sources, spirv) => {
  const [sourceFolder, spirvFolder] = [path(sources), path(spirv)];
  const manifest = readManifest(spirvFolder);
  const prebuilt = prebuiltSources(sourceFolder).map(({ name }) => name);
  const built = kernelSources(sourceFolder).map(({ name }) => name);
  const kernels = [...kernelSources(sourceFolder), ...prebuiltSources(sourceFolder)];
  const names = [...built, ...prebuilt].sort();
  const versions = new Set(built.map((name) => manifest[name]?.compiler));
  const sameCompiler = glslang !== undefined && versions.size === 1 && versions.has(glslang.version);
  if (!sameCompiler) {
    const here = glslang?.version ?? 'no compiler';
    console.warn(`Recompilation of ${sources} is skipped: made by glslang ${[...versions]}, here is ${here}`);
  }

  it('was run for every shader, and left nothing of a removed one', () => {
    const files = readdirSync(spirvFolder).filter((file) => file.endsWith('.spv'));
    expect(names.length).toBeGreaterThan(0);
    expect(Object.keys(manifest)).toEqual(names);
    expect(files.sort()).toEqual(names.map((name) => `${name}.spv`).sort());
  });

  it('made all prebuilt ones with one compiler, which is not that of the others', () => {
    const compilers = new Set(prebuilt.map((name) => manifest[name]?.compiler));
    expect(compilers.size).toBe(prebuilt.length > 0 ? 1 : 0);
    expect([...compilers].filter((compiler) => versions.has(compiler))).toEqual([]);
  });

  it.each(kernels)('was run after the last change of $name', ({ name, file }) => {
    const sourceSha256 = sourceHashOf(file);
    const bytes = readFileSync(join(spirvFolder, `${name}.spv`));
    const spirvSha256 = createHash('sha256').update(bytes).digest('hex');
    expect(manifest[name], 'run "npm run shaders"').toMatchObject({ sourceSha256, spirvSha256 });
  });

  it.skipIf(!sameCompiler)(
    'gives the committed bytes again',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
      try {
        const entries = built.map((name) => [name, manifest[name]]);
        expect(await buildKernels(sourceFolder, folder)).toEqual(Object.fromEntries(entries));
        for (const name of built) {
          const [again, committed] = [folder, spirvFolder].map((where) =>
            readFileSync(join(where, `${name}.spv`)),
          );
          expect(committed?.equals(again ?? Buffer.alloc(0)), name).toBe(true);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    240_000,
  );

  // An older spirv-val knows no cooperative matrices: the prebuilt ones are for the one of their recipe.
  it.skipIf(!validator).each(built)('made valid SPIR-V for Vulkan 1.1 of %s', (name) => {
    const args = ['--target-env', 'vulkan1.1', join(spirvFolder, `${name}.spv`)];
    expect(execFileSync('spirv-val', args, { encoding: 'utf8' })).toBe('');
  });
});

it.skipIf(glslang === undefined)(
  'buildKernels() keeps what the manifest says of the other part',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
    try {
      mkdirSync(join(folder, 'prebuilt'));
      for (const file of ['b.comp', 'prebuilt/a.comp'])
        writeFileSync(join(folder, file), '#version 450\nvoid main() {}\n');
      expect(Object.keys(await buildKernels(folder, folder, 'prebuilt'))).toEqual(['a']);
      const both = await buildKernels(folder, folder);
      expect(Object.keys(both)).toEqual(['a', 'b']);
      rmSync(join(folder, 'b.comp'));
      expect(await buildKernels(folder, folder, 'prebuilt')).toEqual({ a: both.a });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
