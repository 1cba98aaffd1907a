// Which source and which compiler each committed SPIR-V file comes from, so that a test can tell a stale
// file and a reader can rebuild it.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { compileShader } from './compile.ts';
import { findCompiler } from './find-compiler.ts';
import { flattenIncludes } from './flatten-includes.ts';
import { hashShaderSources } from './shader-sources.ts';
import type { TargetEnvironment } from './target-environment.ts';

/** Origin of one SPIR-V file. */
interface ManifestEntry {
  /** Of the `.comp` file and all it includes; see `sourceHashOf`. */
  readonly sourceSha256: string;
  readonly spirvSha256: string;
  readonly targetEnv: TargetEnvironment;
  /** Version of glslang. */
  readonly compiler: string;
}

/** `manifest.json`: origin by name of the kernel. */
export type KernelManifest = Readonly<Record<string, ManifestEntry>>;

const TARGET: TargetEnvironment = 'vulkan1.1';

/** The shaders (`*.comp`) of a folder, sorted. */
export function shaderFiles(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.comp'));
  return files.sort().map((file) => join(folder, file));
}

/** Hash of a shader and all it includes, as the manifest has it. */
export function sourceHashOf(file: string): string {
  return hashShaderSources(flattenIncludes(file, readFileSync(file, 'utf8'), []).sources);
}

/**
 * Compiles every shader of a folder to `<name>.spv` in another, and writes `manifest.json` there.
 *
 * @throws GuestmarkError as `compileShader` does, and without glslang.
 */
export async function buildKernels(sourceFolder: string, spirvFolder: string): Promise<KernelManifest> {
  const compiler = await findCompiler();
  if (compiler.kind !== 'glslang') {
    throw new GuestmarkError('environment', 'Cannot build the kernels: there is no glslang');
  }
  mkdirSync(spirvFolder, { recursive: true });
  const manifest: Record<string, ManifestEntry> = {};
  for (const file of shaderFiles(sourceFolder)) {
    const spirv = await compileShader(file, { targetEnvironment: TARGET, compiler });
    const name = basename(file, '.comp');
    writeFileSync(join(spirvFolder, `${name}.spv`), spirv);
    manifest[name] = {
      sourceSha256: sourceHashOf(file),
      spirvSha256: createHash('sha256').update(spirv).digest('hex'),
      targetEnv: TARGET,
      compiler: compiler.version,
    };
  }
  writeFileSync(join(spirvFolder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
