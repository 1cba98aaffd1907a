// What sources may not hold where nothing is ever to become a command or code: a shell, text that is run, or a way to start
// programs that splits text into words. Comments do not count.
import type { TextFile } from '../structure/project-files.ts';

const FORBIDDEN: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['starts a shell', /\bshell\s*:\s*(?!false)|['"](\/bin\/)?(ba|da|z)?sh['"]|\bcmd\.exe\b|\bpowershell\b/],
  ['gives a line of text to a shell', /\bexecSync\b|(?<![.\w#])exec\s*\(|\bchild_process['"]\)?\.exec\b/],
  ['gives a line of text to a shell', /\b(system|popen|wordexp|execlp?)\s*\(\s*(str|const|char|['"`])/],
  ['makes code of text', /(?<![.\w])eval\s*\(|\bnew\s+Function\b|(?<![.\w])Function\s*\(|\beval\s*:\s*true/],
  ['makes code of text', /['"](node:)?vm['"]|\bset(Timeout|Interval|Immediate)\s*\(\s*['"`]/],
  ['makes code of text', /\bimport\s*\(\s*[`'"]data:|\bBlob\b.*javascript/],
];

/** What of node:child_process takes a program and a list of arguments. */
const WITH_ARGUMENTS = new Set(['spawn', 'spawnSync', 'execFile', 'execFileSync', 'fork']);

/** Places that break the rules. */
export function shellProblems(files: readonly TextFile[]): readonly string[] {
  return files.flatMap((file) => [...lineProblems(file), ...importProblems(file)]);
}

function lineProblems({ path, text }: TextFile): readonly string[] {
  return codeLines(text).flatMap((code, index) =>
    FORBIDDEN.filter(([, pattern]) => pattern.test(code)).map(([what]) => `${path}:${index + 1}: ${what}`),
  );
}

/** Without comments, which may say what they like; a line stays a line. */
function codeLines(text: string): readonly string[] {
  const blank = (comment: string): string => comment.replace(/[^\n]/g, '');
  const code = text.replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, blank);
  return code.split('\n').map((line) => line.replace(/(^|\s)\/\/.*$/, ''));
}

/** An import by name says what is used; another one could hide it. */
function importProblems({ path, text }: TextFile): readonly string[] {
  const code = codeLines(text).join('\n');
  const all = code.match(/['"](node:)?child_process['"]/g)?.length ?? 0;
  const named = [...code.matchAll(/import\s*(type\s*)?\{([^}]*)\}\s*from\s*['"]node:child_process['"]/g)];
  const strange = named.flatMap(([, , names = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type ') && !WITH_ARGUMENTS.has(name)),
  );
  const isTypeOnly = named.every(([, type]) => type !== undefined);
  return [
    ...(all === named.length ? [] : [`${path}: gets at node:child_process other than by names`]),
    ...(isTypeOnly ? [] : strange.map((name) => `${path}: imports ${name} of node:child_process`)),
  ];
}
