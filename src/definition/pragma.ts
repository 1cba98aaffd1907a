// Finds `#pragma guestmark …` in the text of a shader. From the source itself: a preprocessor drops the spaces in them.
// Knows comments, and not what a pragma says.
import type { ShaderLanguage } from '../shader/loaded-shader.ts';

/** A pragma: what follows `#pragma guestmark`. */
export interface Pragma {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** The rest is trimmed afterwards: a pattern that looks for the last space takes squares of time over many. */
const PRAGMA = /^[\uFEFF \t]*#[ \t]*pragma[ \t]+guestmark\b([\s\S]*)$/;
/** SPIR-V assembly has no pragmas, only comments. */
const ASSEMBLY_PRAGMA = /^[\uFEFF \t]*;[ \t]*#[ \t]*pragma[ \t]+guestmark\b([\s\S]*)$/;

/** The pragmas of a shader, in order; those in comments are none. */
export function pragmasIn(text: string, language: ShaderLanguage): readonly Pragma[] {
  const isAssembly = language === 'spirv-assembly';
  const lines = (isAssembly ? text : withoutComments(text)).split(/\r\n|\r|\n/);
  const pattern = isAssembly ? ASSEMBLY_PRAGMA : PRAGMA;
  return lines.flatMap((line, index) => {
    const found = pattern.exec(line)?.[1]?.trim();
    return found === undefined ? [] : [{ text: found, line: index + 1 }];
  });
}

/** A string on one line, a comment to the end of the line, a comment between marks; whichever begins first. */
const TEXT_OR_COMMENT = /"[^"\r\n]*"|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** Comments become spaces; line ends stay. File names in quotes may have // in them. */
function withoutComments(text: string): string {
  return text.replace(TEXT_OR_COMMENT, (found) =>
    found.startsWith('"') ? found : found.replace(/[^\r\n]/g, ' '),
  );
}
