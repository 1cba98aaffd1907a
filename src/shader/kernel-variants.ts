// One source, several kernels: a line such as `// variant f32-vec4: T=vec4 SCALAR=float` gives a shipped shader's text
// the macros of one of them. Only the build of the shipped kernels reads it; a user's shader has -D.
import { basename } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { checkMacros, type ShaderMacros } from './shader-macros.ts';

/** A kernel to build. */
export interface KernelVariant {
  /** Stem of the source, and the variant's name behind a dash where the source has variants. */
  readonly name: string;
  readonly macros: ShaderMacros;
}

const LINE = /^\/\/ variant ([a-z0-9-]+):(.*)$/gm;

/**
 * The kernels of a source: itself under its own name, or its variants.
 *
 * @param file Path of the source.
 * @throws GuestmarkError (usage) for a definition that is not NAME=VALUE, and for a variant given twice.
 */
export function variantsOf(file: string, text: string): readonly KernelVariant[] {
  const stem = basename(file, '.comp');
  const variants = [...text.matchAll(LINE)].map(([, name = '', definitions = '']) => ({
    name: `${stem}-${name}`,
    macros: macrosOf(file, definitions),
  }));
  const names = variants.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new GuestmarkError('usage', `Cannot build ${file}: it has the variant ${twice} twice`);
  return variants.length > 0 ? variants : [{ name: stem, macros: {} }];
}

function macrosOf(file: string, definitions: string): ShaderMacros {
  const words = definitions.trim().split(/\s+/).filter(Boolean);
  const macros = Object.fromEntries(
    words.map((word) => {
      const [, name, value] = /^(\w+)=(\S*)$/.exec(word) ?? [];
      if (name === undefined || value === undefined)
        throw new GuestmarkError('usage', `Cannot build ${file}: "${word}" of a variant is not NAME=VALUE`);
      return [name, value];
    }),
  );
  checkMacros(macros);
  return macros;
}
