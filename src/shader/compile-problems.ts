// What a compiler prints when it refuses a shader, as data and as a message. Pure text; knows the formats of glslang
// and glslc, and nothing of how they are run.

/** One error of the compiler. */
export interface CompileProblem {
  /** As the compiler names it; `null` for an error about no place. */
  readonly file: string | null;
  /** From 1; `null` for an error about no place. */
  readonly line: number | null;
  readonly message: string;
}

// glslang writes "ERROR: a.comp:4: 'x' : undeclared identifier ", and without a place for the linker's.
const GLSLANG_LINE = /^ERROR: (?:(.+?):(\d+): )?(.+?)\s*$/;
// glslc writes "a.comp:4: error: 'x' : undeclared identifier", and "glslc: error: …" or "a.comp: error: …".
const GLSLC_LINE = /^(?:(.+?):(\d+)|[^:]+): error: (.+?)\s*$/;
const SUMMARY = /^\d+ compilation errors?\.|^\d+ errors? generated/;
const CONSEQUENCE = /^'' : (?:compilation terminated|missing #endif)$|^Linking .* Missing entry point/;
const MAX_PROBLEMS = 10;

/**
 * The errors in the compiler's output, in order. Lines that only follow from other errors are left out where there
 * are others.
 */
export function parseProblems(output: string): CompileProblem[] {
  const problems = output.split(/\r?\n/).flatMap((text): CompileProblem[] => {
    const [, file, line, message] = GLSLANG_LINE.exec(text) ?? GLSLC_LINE.exec(text) ?? [];
    if (message === undefined || SUMMARY.test(message)) return [];
    return [{ file: file ?? null, line: line === undefined ? null : Number(line), message }];
  });
  const causes = problems.filter(({ message }) => !CONSEQUENCE.test(message));
  return causes.length > 0 ? causes : problems;
}

/** At most ten problems as a reader wants to see them, below each other. */
export function describeProblems(
  problems: readonly CompileProblem[],
  sourceOf: (file: string) => string | undefined,
): string {
  const shown = problems.slice(0, MAX_PROBLEMS).map((problem) => describeProblem(problem, sourceOf));
  const left = problems.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join('\n');
}

/**
 * A problem as a reader wants to see it: place and message, and below them the line of the source.
 *
 * @param sourceOf Text of a file the compiler named, `undefined` where it cannot be had.
 */
export function describeProblem(
  { file, line, message }: CompileProblem,
  sourceOf: (file: string) => string | undefined,
): string {
  if (file === null || line === null) return message;
  const text = sourceOf(file)?.split(/\r?\n/)[line - 1];
  const quoted = text === undefined ? '' : `\n  ${line} | ${text}`;
  return `${file}:${line}: ${message}${quoted}`;
}
