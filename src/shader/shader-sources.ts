// The texts that a shader is made of, and a hash over them that says whether a compiled module is still up to
// date. Knows no compiler, and nothing of how the texts were found.
import { createHash } from 'node:crypto';

/** A source file. */
export interface ShaderSource {
  readonly path: string;
  /** With `\n` line ends, so that a checkout with others hashes the same. */
  readonly text: string;
}

/** SHA-256 over the texts, each preceded by its length, in hexadecimal. */
export function hashShaderSources(sources: readonly ShaderSource[]): string {
  const hash = createHash('sha256');
  for (const { text } of sources) hash.update(`${text.length}\n${text}`);
  return hash.digest('hex');
}
