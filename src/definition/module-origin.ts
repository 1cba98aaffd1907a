// What is said of a value that a function of a module gives: its name, because what it computes only it knows. Pure.
import type { ShaderDefinition } from './definition.ts';
import type { Stated } from './description.ts';

/** A function of the module as the origin of a value. */
export function fromModule({ module }: ShaderDefinition, text: string): Stated {
  const file = module?.url.split('/').at(-1);
  return { text, from: { kind: 'module', place: file === undefined || file === '' ? null : file } };
}
