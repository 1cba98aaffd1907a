// The source of a shader with everything it includes, for a hash that says whether a compiled module is
// still up to date. Follows `#include "…"` relative to the including file; knows no compiler.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** A source file. */
export interface ShaderSource {
  readonly path: string;
  /** With `\n` line ends, so that a checkout with others hashes the same. */
  readonly text: string;
}

const INCLUDE = /^[ \t]*#[ \t]*include[ \t]+"([^"\n]+)"/gm;

/**
 * A shader and the files it includes, directly or not, each once, in the order of their first mention.
 *
 * @throws The error of node:fs for a file that cannot be read.
 */
export function readShaderSources(file: string): ShaderSource[] {
  const sources = new Map<string, ShaderSource>();
  const visit = (path: string): void => {
    if (sources.has(path)) return;
    const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
    sources.set(path, { path, text });
    for (const [, included = ''] of text.matchAll(INCLUDE)) visit(resolve(dirname(path), included));
  };
  visit(resolve(file));
  return [...sources.values()];
}

/** SHA-256 over the texts, each preceded by its length, in hexadecimal. */
export function hashShaderSources(sources: readonly ShaderSource[]): string {
  const hash = createHash('sha256');
  for (const { text } of sources) hash.update(`${text.length}\n${text}`);
  return hash.digest('hex');
}
