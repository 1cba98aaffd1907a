// From the words of `guestmark check` to the shaders that it shows: loaded as `run` loads them, and not run.
import { GuestmarkError } from '../base/errors.ts';
import { expandableOf } from '../definition/benchmark-of.ts';
import { functionsOf } from '../definition/load-modules.ts';
import { isTarget } from '../definition/targets.ts';
import { disassembleSpirv } from '../shader/spirv-tools.ts';
import { checkCommand } from './check.ts';
import { chooseBenchmarks } from './choose-benchmarks.ts';
import type { ShaderFlags } from './shader-options.ts';
import type { Terminal } from './terminal.ts';

/** The options of the command. */
export interface CheckShadersOptions extends ShaderFlags {
  readonly device?: string;
  readonly binding: 'auto' | 'nvk' | 'koffi';
  readonly json: boolean;
  readonly spirv: boolean;
}

/**
 * Runs the command.
 *
 * @throws GuestmarkError (usage) for what is no shader, and whatever is wrong with one.
 */
export async function checkShaders(
  words: readonly string[],
  options: CheckShadersOptions,
  terminal: Terminal,
): Promise<number> {
  const other = words.find((word) => !isTarget(word));
  if (other !== undefined) {
    throw new GuestmarkError('usage', `Cannot check "${other}": it is no path of a shader`, {
      hint: 'give a file such as my.comp or a folder such as ./my-kernels/; `guestmark list` shows what is built in',
    });
  }
  const { binding, json, spirv } = options;
  const device = options.device ?? null;
  const chosen = await chooseBenchmarks({ words, modules: [], device, binding, shaders: options });
  if (chosen.definitions.length === 0) {
    throw new GuestmarkError(
      'usage',
      `Cannot check ${words.join(', ')}: it defines no benchmark of a shader`,
      {
        hint: 'a module may export defineBenchmark({ shader: … })',
      },
    );
  }
  const shaders = await Promise.all(
    chosen.definitions.map(async (definition) => expandableOf(definition, await functionsOf(definition))),
  );
  const disassemble = spirv ? (module: Uint8Array) => disassembleSpirv(module) : null;
  return checkCommand({ shaders, device: chosen.device, json, disassemble }, terminal);
}
