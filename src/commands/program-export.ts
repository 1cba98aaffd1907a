// The verb `guestmark export` with its formats, options and examples, as commander sees it; what it does is in export.ts.
import { Argument, type Command } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../export/format-names.ts';
import type { Selector } from '../suite/selector.ts';
import { collectSelectors } from './compare-values.ts';
import { outFile, outPlace } from './option-values.ts';
import type { ProgramContext } from './shared-options.ts';

interface ExportFlags {
  readonly out?: string;
  readonly case?: readonly Selector[];
}

/** `guestmark export`. */
export function addExport(program: Command, context: ProgramContext): void {
  program
    .command('export')
    .description('Write reports in a format of other programs')
    .usage('[options] <format> <report...>')
    .addArgument(new Argument('<format>', 'what to write, below').choices(Object.keys(EXPORT_FORMATS)))
    .argument('[report...]', 'report files, or folders of them')
    .option('--out <file>', 'where to write (default: standard output)', outFile)
    .option('--case <selector>', 'only these cases: copy, copy[n=16Mi], hist* (repeatable)', collectSelectors)
    .addHelpText('after', `\nFormats:\n${formatLines()}\n${EXAMPLES}`)
    .action(async (format: ExportFormat, paths: string[], flags: ExportFlags) => {
      const options = { format, paths, out: outPlace(flags.out), selectors: flags.case ?? [] };
      const { exportCommand } = await loadPart(import('./export.ts'));
      context.finish(await exportCommand(options, context.terminal));
    });
}

/** Names too long for the column have a line of their own. */
function formatLines(): string {
  const width = 15;
  return Object.entries(EXPORT_FORMATS)
    .map(([name, title]) =>
      name.length < width ? `  ${name.padEnd(width)}${title}` : `  ${name}\n  ${' '.repeat(width)}${title}`,
    )
    .join('\n');
}

const EXAMPLES = `
The report itself is JSON; docs/exports.md says what each format holds. A file
that is no report is named and left out; with none left the exit code is 2.

Examples:
  guestmark export trace report.json --out trace.json
  guestmark export csv runs/ > metrics.csv
  guestmark export markdown report.json --case 'copy*'
  guestmark export parquet runs/ --out samples.parquet
  guestmark export prometheus report.json --out guestmark.prom`;
