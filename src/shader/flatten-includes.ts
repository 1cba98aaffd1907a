// Puts a shader and all it includes into one text, so that no compiler ever opens a file that a shader names, and
// those without #include can compile it too. What cannot be included becomes an `#error` in its place: it may
// stand in a branch that nobody takes.
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import type { FlatShader, LineSegment } from './flat-shader.ts';
import {
  type IncludeFolders,
  includeFoldersOf,
  type ResolvedInclude,
  realPath,
  resolveInclude,
  type SourceFile,
} from './resolve-include.ts';
import type { ShaderSource } from './shader-sources.ts';
import { countLines, sourceLines, withPlainLineEnds } from './source-lines.ts';

const MAX_DEPTH = 64;
const MAX_INCLUDES = 10_000;
/** Of all files together, each as often as it is included. */
const MAX_CHARACTERS = 16 * 2 ** 20;

/**
 * Replaces every `#include` of a shader, in the branches not taken too. A file that is being included already is
 * left out, as its guard would have it.
 *
 * @param file Path of the shader.
 * @param text What is in it.
 * @param folders For includes beside the shader's own; nothing outside of these and its own is opened.
 * @throws GuestmarkError (usage) when it grows beyond 16 MiB, 10,000 includes or 64 levels.
 */
export function flattenIncludes(file: string, text: string, folders: readonly string[]): FlatShader {
  const flattening = new Flattening(file, includeFoldersOf(file, folders));
  const shader: SourceFile = { shown: file, real: realPath(file) ?? resolve(file) };
  return flattening.flatten(shader, { path: file, text: withPlainLineEnds(text) });
}

class Flattening {
  readonly #file: string;
  readonly #folders: IncludeFolders;
  readonly #parts: string[] = [];
  readonly #segments: LineSegment[] = [];
  readonly #refusals = new Map<number, string>();
  readonly #sources = new Map<string, ShaderSource>();
  #line = 1;
  #characters = 0;
  #includes = 0;

  constructor(file: string, folders: IncludeFolders) {
    this.#file = file;
    this.#folders = folders;
  }

  flatten(shader: SourceFile, source: ShaderSource): FlatShader {
    this.#sources.set(shader.real, source);
    this.#addFile(shader, source, []);
    return {
      text: this.#parts.join(''),
      segments: this.#segments,
      refusals: this.#refusals,
      sources: [...this.#sources.values()],
    };
  }

  /** @param outer Files that are being included, with links resolved, from the outside in. */
  #addFile(file: SourceFile, source: ShaderSource, outer: readonly string[]): void {
    this.#count(source.text, outer.length);
    const stack = [...outer, file.real];
    this.#begin(source, 1);
    let next = 1;
    for (const { line, text } of sourceLines(source.text)) {
      this.#emit('\n'.repeat(line - next), line - next);
      const rest = /^\s*#\s*(?:include|line)\b(.*)$/s.exec(text)?.[1];
      if (rest === undefined) this.#emit(`${text}\n`, 1);
      // A #line would move the lines that the compiler's messages name.
      else if (/^\s*#\s*line/.test(text)) this.#emit('\n', 1);
      else this.#include(rest.trim(), file, stack, () => this.#begin(source, line + 1));
      next = line + 1;
    }
    const left = countLines(source.text) + 1 - next;
    this.#emit('\n'.repeat(Math.max(0, left)), Math.max(0, left));
  }

  #include(written: string, from: SourceFile, stack: readonly string[], resume: () => void): void {
    const [, quoted, bracketed] = /^(?:"([^"]+)"|<([^<>]+)>)$/.exec(written) ?? [];
    const name = quoted ?? bracketed;
    const found: ResolvedInclude =
      name === undefined
        ? { refusal: 'it is no name in quotes or angle brackets' }
        : resolveInclude(name, from, this.#folders);
    const source = 'file' in found ? this.#sourceOf(found.file) : undefined;
    if ('refusal' in found) this.#refuse(name ?? written, found.refusal);
    else if (source === undefined)
      this.#refuse(name ?? written, 'it cannot be read as text of at most 16 MiB');
    else if (stack.includes(found.file.real)) this.#emit('\n', 1);
    else {
      this.#addFile(found.file, source, stack);
      resume();
    }
  }

  #sourceOf(file: SourceFile): ShaderSource | undefined {
    const source = this.#sources.get(file.real) ?? readSource(file);
    if (source !== undefined) this.#sources.set(file.real, source);
    return source;
  }

  #refuse(name: string, state: string): void {
    this.#refusals.set(this.#line, `Cannot include ${name}: ${state}`);
    this.#emit('#error cannot include\n', 1);
  }

  #begin(source: ShaderSource, sourceLine: number): void {
    this.#segments.push({ firstLine: this.#line, source, sourceLine });
  }

  #emit(text: string, lines: number): void {
    this.#parts.push(text);
    this.#line += lines;
  }

  #count(text: string, depth: number): void {
    this.#characters += text.length;
    this.#includes += 1;
    const excess =
      this.#characters > MAX_CHARACTERS
        ? 'it includes more than 16 MiB of text'
        : this.#includes > MAX_INCLUDES
          ? `it includes more than ${MAX_INCLUDES} files`
          : depth > MAX_DEPTH
            ? `its includes are nested more than ${MAX_DEPTH} deep`
            : undefined;
    if (excess !== undefined) {
      throw new GuestmarkError('usage', `Cannot compile shader ${this.#file}: ${excess}`);
    }
  }
}

function readSource({ shown, real }: SourceFile): ShaderSource | undefined {
  try {
    if (statSync(real).size > MAX_CHARACTERS) return undefined;
    const text = withPlainLineEnds(readFileSync(real, 'utf8'));
    return text.includes('\0') ? undefined : { path: shown, text };
  } catch {
    return undefined;
  }
}
