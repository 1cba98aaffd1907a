// A shader in one piece, as a compiler is given it, and the way back from its lines to the files they come from.
// Text only: reads no file and knows no compiler.
import type { ShaderSource } from './shader-sources.ts';

/** Lines of the whole that come from consecutive lines of one file. */
export interface LineSegment {
  /** From 1, in the whole. */
  readonly firstLine: number;
  /** Where it comes from; null for lines that were put in. */
  readonly source: ShaderSource | null;
  /** From 1, in the source. */
  readonly sourceLine: number;
}

/** A shader with all it includes. */
export interface FlatShader {
  /** Holds no comment, no continued line, no `#include` and no `#line`. */
  readonly text: string;
  /** By their first line, ascending. */
  readonly segments: readonly LineSegment[];
  /** Why a line of the whole, which is an `#error` now, could not be replaced by the file that it includes. */
  readonly refusals: ReadonlyMap<number, string>;
  /** The shader itself and what it includes, each once, in the order of their first mention. */
  readonly sources: readonly ShaderSource[];
}

/** A line of a file. */
export interface SourcePlace {
  readonly source: ShaderSource;
  /** From 1. */
  readonly line: number;
}

/** Where a line of the whole comes from; undefined for one that was put in and for one that is not there. */
export function placeOfLine({ segments }: FlatShader, line: number): SourcePlace | undefined {
  const segment = segments.findLast(({ firstLine }) => firstLine <= line);
  const source = segment?.source;
  if (segment === undefined || !source) return undefined;
  return { source, line: segment.sourceLine + line - segment.firstLine };
}

const VERSION_LINE = /^\s*#\s*version\b[^\n]*\n/;

/**
 * Puts in a `#define` for each macro where the language allows the first of them: behind `#version`. The same
 * for every compiler, of which one has no option for it.
 */
export function withMacros(shader: FlatShader, macros: Readonly<Record<string, string>>): FlatShader {
  const lines = Object.entries(macros).map(([name, value]) => `#define ${name} ${value}\n`);
  if (lines.length === 0) return shader;
  const before = VERSION_LINE.exec(shader.text)?.[0] ?? '';
  const at = before.split('\n').length;
  const moved = (line: number): number => (line < at ? line : line + lines.length);
  const behind = placeOfLine(shader, at);
  return {
    ...shader,
    text: before + lines.join('') + shader.text.slice(before.length),
    segments: [
      ...shader.segments.filter(({ firstLine }) => firstLine < at),
      { firstLine: at, source: null, sourceLine: 1 },
      ...(behind ? [{ firstLine: moved(at), source: behind.source, sourceLine: behind.line }] : []),
      ...shader.segments
        .filter(({ firstLine }) => firstLine > at)
        .map((segment) => ({ ...segment, firstLine: moved(segment.firstLine) })),
    ],
    refusals: new Map([...shader.refusals].map(([line, refusal]) => [moved(line), refusal])),
  };
}
