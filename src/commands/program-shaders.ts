// The verbs about shaders of one's own, check and init, as commander sees them. What they do is in the files of their names.
import type { Command } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { type Axes, collectAxis } from './option-values.ts';
import { addShaderOptions, type ShaderFlags } from './shader-options.ts';
import { bindingOption, type ProgramContext } from './shared-options.ts';

interface CheckFlags extends ShaderFlags {
  readonly axis?: Axes;
  readonly device?: string;
  readonly binding: 'auto' | 'nvk' | 'koffi';
  readonly json: boolean;
  readonly spirv: boolean;
}

/** `guestmark check`. */
export function addCheck(program: Command, context: ProgramContext): void {
  const check = program
    .command('check')
    .description('Show what a shader declares and what would be run, with where every value comes from')
    .argument('<shader...>', 'shaders, modules, suite files and folders of them')
    .option(
      '--axis <name=values>',
      'values of an axis: n=1Mi,16Mi, or a range: n=1Mi..64Mi*4 (repeatable)',
      collectAxis,
    )
    .option('--device <which>', 'index, part of the name, UUID or PCI address (default: the best)')
    .addOption(bindingOption());
  addShaderOptions(check);
  check
    .option('--spirv', 'also print the disassembled SPIR-V, where spirv-dis is installed', false)
    .option('--json', 'print as JSON', false)
    .addHelpText(
      'after',
      '\nExamples:\n  guestmark check my.comp\n  guestmark check my.comp --axis n=1Gi --device nvidia\n  guestmark check my.spv --spirv\n  guestmark check ./my-kernels/ --json',
    )
    .action(async (words: string[], flags: CheckFlags) => {
      const { checkShaders } = await loadPart(import('./check-shaders.ts'));
      context.finish(await checkShaders(words, flags, context.terminal));
    });
}

/** `guestmark init`. */
export function addInit(program: Command, context: ProgramContext): void {
  program
    .command('init')
    .description('Write a commented compute shader to start from; it runs as it is')
    .argument('<name>', 'name of the kernel: my-kernel becomes my-kernel.comp')
    .option('--force', 'overwrite a file of that name', false)
    .addHelpText('after', '\nExamples:\n  guestmark init my-kernel && guestmark run my-kernel.comp')
    .action(async (name: string, flags: { force: boolean }) => {
      const { initCommand } = await loadPart(import('./init.ts'));
      context.finish(initCommand({ name, ...flags }, context.terminal));
    });
}
