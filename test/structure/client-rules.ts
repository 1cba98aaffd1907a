// What scripts of the page may not do: load anything, or let text become markup, code or style. They are the only part of the
// project that runs where strings of strangers meet an interpreter of markup.
import type { SourceFile } from './source-file.ts';

const FORBIDDEN: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['makes markup of text', /\b(innerHTML|outerHTML|insertAdjacentHTML|srcdoc|setHTMLUnsafe|DOMParser)\b/],
  ['makes markup of text', /\bcreateContextualFragment\b|\bdocument\.write/],
  ['makes code of text', /\beval\(|\bnew Function\b|\bset(Timeout|Interval)\(['"`]|['"]on[a-z]+['"]/],
  ['sets a style attribute', /setAttribute\(\s*['"]style|\bstyle:|['"]style['"]/],
  ['asks the network', /\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b/],
  ['keeps something', /\b(localStorage|sessionStorage|indexedDB|document\.cookie)\b/],
];

/** Problems of the scripts of the page. */
export function clientProblems(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => [...moduleProblems(file), ...textProblems(file)]);
}

/** Plain scripts: with an import or export the compiler would make a module of one. */
function moduleProblems({ path, imports, statements }: SourceFile): readonly string[] {
  const isModule = statements.some((type) => /^(Import|Export)/.test(type));
  return isModule || imports.some(({ typeOnly }) => !typeOnly)
    ? [`${path}: imports or exports, and is then no script`]
    : [];
}

function textProblems({ path, text }: SourceFile): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const code = line.replace(/^\s*(\/\/|\/?\*).*$/, '');
    return FORBIDDEN.filter(([, pattern]) => pattern.test(code)).map(
      ([what]) => `${path}:${index + 1}: ${what}`,
    );
  });
}
