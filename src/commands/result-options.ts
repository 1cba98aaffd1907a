// How results made of reports are written, as options: the same for comparisons and histories. What writes them is in
// write-result.ts.
import { type Command, Option } from 'commander';
import { outFile } from './option-values.ts';

/** How a result is written. */
export type ResultFormat = 'table' | 'markdown' | 'csv' | 'json';

const FORMATS: readonly ResultFormat[] = ['table', 'markdown', 'csv', 'json'];

/** Adds `--format`, `--json` and `--out`. */
export function addResultOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <name>', 'how it is written (default: by the name of --out, else table)').choices(
        FORMATS,
      ),
    )
    .addOption(new Option('--json', 'the same as --format json').default(false).conflicts('format'))
    .option('--out <file>', 'write it to a file, and only the summary to standard output', outFile);
}
