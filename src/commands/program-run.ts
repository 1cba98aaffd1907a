// The verb `run` with its examples, as commander sees it. Its options are in run-flags.ts, what it does in run.ts and resume.ts.
import type { Command } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { addRunOptions, type RunFlags } from './run-flags.ts';
import { runOptions } from './run-options.ts';
import type { ProgramContext } from './shared-options.ts';

/** `guestmark run`. */
export function addRun(program: Command, context: ProgramContext): void {
  const run = program.command('run').description('Run benchmarks and write a report');
  addRunOptions(run)
    .addHelpText('after', RUN_EXAMPLES)
    .action(async (selectors: string[], flags: RunFlags) => {
      const { argv, terminal, untilInterrupted } = context;
      if (flags.resume) {
        const { resumeCommand } = await loadPart(import('./resume.ts'));
        const line = { argv, selectors, flags, given: givenFlags(run) };
        context.finish(await resumeCommand(line, terminal, untilInterrupted));
        return;
      }
      const { runCommand } = await loadPart(import('./run.ts'));
      context.finish(await runCommand(runOptions(selectors, flags, argv), terminal, untilInterrupted));
    });
}

/** What the user said, without defaults. */
function givenFlags(run: Command): Partial<RunFlags> {
  const given = Object.entries(run.opts()).filter(([name]) => run.getOptionValueSource(name) === 'cli');
  return Object.fromEntries(given);
}

const RUN_EXAMPLES = `
Examples:
  guestmark run
  guestmark run copy triad --axis n=1Mi,16Mi
  guestmark run 'sgemm-tiled[size=1024]' --runs 10 --max-time 5s
  guestmark run --suite standard --device nvidia --out h200.json
  guestmark run empty-submit --binding koffi --wait spin --pin auto
  guestmark run empty-submit --stalls --external-clock 192.168.122.1:4123
  guestmark run my.comp --axis n=1Mi..64Mi*4
  guestmark run ./my-kernels/ --threshold 'gpuTime <= 5 ms' --dump-outputs out
  guestmark run --validate --json > report.json
  guestmark run --out h200.json --resume`;
