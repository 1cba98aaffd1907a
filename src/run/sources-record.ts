// What the benchmarks of a run were made of besides those that are built in: shaders and modules, with hashes by which a
// reader, and a run that goes on later, can tell that they are the same. Reads modules; judges nothing.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ShaderDefinition } from '../definition/definition.ts';
import type { ModuleRecord, ShaderRecord } from '../report/report-origin.ts';

/** A benchmark that was made of a shader. */
export function shaderRecord(definition: ShaderDefinition): ShaderRecord {
  const { name, entryPoint, path, language, sourceSha256, spirvSha256, targetEnvironment, compiler } =
    definition;
  return {
    benchmark: name.value,
    path,
    language,
    entryPoint: entryPoint.value,
    sourceSha256,
    spirvSha256,
    targetEnvironment,
    compiler,
    definitionSha256: sha256(JSON.stringify(definition)),
  };
}

/** A module that was loaded before, by its file URL. */
export function moduleRecord(url: string): ModuleRecord {
  const path = fileURLToPath(url);
  return { file: basename(path), sha256: sha256(readFileSync(path)) };
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
