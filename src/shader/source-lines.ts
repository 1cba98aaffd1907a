// The first steps of a preprocessor: line ends, continuations and comments, so that a directive can be told from
// anything that only looks like one, and whoever reads the result finds neither comment nor continuation.

/** A line as the compiler is to see it. Empty ones are left out. */
export interface SourceLine {
  /** From 1; of a line that others were joined to, the first. */
  readonly line: number;
  /** Without comments, without a line end, and not ending in a backslash. */
  readonly text: string;
}

/** Text with `\n` for every line end that GLSL knows, and without a byte order mark. */
export function withPlainLineEnds(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n');
}

/** How many lines a text has; one after the last line end counts. */
export function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/**
 * Joins continued lines, and puts a space for every comment. A directive goes on where a comment in it ends;
 * elsewhere a comment of several lines leaves lines, so that what follows keeps its number. A comment that is
 * never closed ends with the text.
 *
 * @param text With `\n` as line ends.
 */
export function* sourceLines(text: string): Generator<SourceLine> {
  let isInComment = false;
  // Of a directive that a comment continues.
  let parts: string[] = [];
  let first = 1;
  for (const joined of joinedLines(text)) {
    const stripped = withoutComments(joined.text, isInComment);
    isInComment = stripped.isOpen;
    const isDirective = parts.length > 0 || /^\s*#/.test(stripped.text);
    if (parts.length === 0) first = joined.line;
    parts.push(stripped.text);
    if (isInComment && isDirective) continue;
    const line = { line: first, text: parts.join('') };
    parts = [];
    if (line.text.trim() !== '') yield line;
  }
  if (parts.length > 0) yield { line: first, text: parts.join('') };
}

/** Lines with those joined to them that a backslash at their end asks for. */
function* joinedLines(text: string): Generator<SourceLine> {
  let parts: string[] = [];
  let first = 1;
  let line = 0;
  for (const physical of physicalLines(text)) {
    line += 1;
    if (parts.length === 0) first = line;
    const kept = withoutEndingBackslashes(physical);
    parts.push(kept);
    if (kept.length < physical.length) continue;
    yield { line: first, text: parts.join('') };
    parts = [];
  }
  if (parts.length > 0) yield { line: first, text: parts.join('') };
}

function* physicalLines(text: string): Generator<string> {
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
    yield text.slice(from, at);
    from = at + 1;
  }
  yield text.slice(from);
}

// All of them, or what is left would continue the line once more in the eyes of the next reader.
function withoutEndingBackslashes(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === '\\') end -= 1;
  return line.slice(0, end);
}

interface Stripped {
  readonly text: string;
  /** Whether a comment goes on in the next line. */
  readonly isOpen: boolean;
}

function withoutComments(line: string, isInComment: boolean): Stripped {
  const kept: string[] = [];
  let at = isInComment ? endOfComment(line, 0) : 0;
  if (isInComment) kept.push(' ');
  while (at < line.length) {
    const next = nextSpecial(line, at);
    kept.push(line.slice(at, next));
    if (next === line.length) break;
    if (line.startsWith('//', next)) return { text: `${kept.join('')} `, isOpen: false };
    if (line.startsWith('/*', next)) {
      kept.push(' ');
      at = endOfComment(line, next + 2);
    } else {
      const end = line[next] === '"' ? endOfString(line, next + 1) : next + 1;
      kept.push(line.slice(next, end));
      at = end;
    }
  }
  return { text: kept.join(''), isOpen: at > line.length };
}

/** Of the next comment or string, or the line's end. */
function nextSpecial(line: string, from: number): number {
  const special = /[/"]/g;
  special.lastIndex = from;
  return special.exec(line)?.index ?? line.length;
}

/** Beyond the line's end where the comment is still open there. */
function endOfComment(line: string, from: number): number {
  const at = line.indexOf('*/', from);
  return at < 0 ? line.length + 1 : at + 2;
}

function endOfString(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '"') return at + 1;
  }
  return line.length;
}
