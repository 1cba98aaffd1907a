// Which source and which compiler each committed SPIR-V file comes from, so that a test can tell a stale
// file and a reader can rebuild it.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { compileShader } from './compile.ts';
import { findCompiler } from './find-compiler.ts';
import type { FlatShader } from './flat-shader.ts';
import { flattenIncludes } from './flatten-includes.ts';
import { type KernelVariant, variantsOf } from './kernel-variants.ts';
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

/** Kernels whose SPIR-V no compiler of a distribution can make yet; see its README. */
const PREBUILT_FOLDER = 'prebuilt';

/** A kernel and the source it comes from. */
export interface KernelSource extends KernelVariant {
  readonly file: string;
}

/** The kernels of the shaders (`*.comp`) of a folder and of the folders in it, sorted by name. */
export function kernelSources(folder: string): readonly KernelSource[] {
  const kernels = shaderFiles(folder).flatMap((file) =>
    variantsOf(file, readFileSync(file, 'utf8')).map((variant) => ({ ...variant, file })),
  );
  const sorted = kernels.sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = sorted.find(({ name }, index) => name === sorted[index + 1]?.name);
  if (twice === undefined) return sorted;
  throw new GuestmarkError('usage', `Cannot build the kernels: two are named "${twice.name}"`);
}

function shaderFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === PREBUILT_FOLDER ? [] : shaderFiles(path);
    return entry.name.endsWith('.comp') ? [path] : [];
  });
}

/** Hash of a shader and all it includes, as the manifest has it. */
export function sourceHashOf(file: string): string {
  return hashShaderSources(flatKernel(file).sources);
}

/** The source of a kernel with its includes put in place. */
export function flatKernel(file: string): FlatShader {
  return flattenIncludes(file, readFileSync(file, 'utf8'), includeFolders(file));
}

/** What kernels of several categories share lies in a folder beside theirs. */
function includeFolders(file: string): readonly string[] {
  return [join(dirname(file), '../include')];
}

/**
 * Compiles every kernel of a folder to `<name>.spv` in another, and writes `manifest.json` there.
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
  for (const { name, macros, file } of kernelSources(sourceFolder)) {
    const spirv = await compileShader(file, {
      targetEnvironment: TARGET,
      compiler,
      defines: macros,
      includeFolders: includeFolders(file),
    });
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
