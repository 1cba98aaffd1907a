// The verb `guestmark report` with its options and examples, as commander sees it; what it does is in report.ts.
import type { Command } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { sideLabels } from './compare-values.ts';
import { outFile, outPlace } from './option-values.ts';
import type { ProgramContext } from './shared-options.ts';

interface ReportFlags {
  with?: readonly string[];
  label?: readonly [string, string];
  out: string;
  title?: string;
}

/** `guestmark report`. */
export function addReport(program: Command, context: ProgramContext): void {
  program
    .command('report')
    .description('Show reports as one HTML file that needs no network and no server')
    .usage('[options] <report...>')
    .argument('[report...]', 'report files, or folders of them')
    .option('--with <contender...>', 'compare with these: the reports before are the baseline')
    .option('--label <names>', 'what the sides are called: baseline,contender', sideLabels)
    .option('--out <file>', 'the file to write; - is standard output', outFile, 'guestmark-report.html')
    .option('--title <text>', 'the title of the page')
    .addHelpText('after', REPORT_HELP)
    .action(async (paths: string[], flags: ReportFlags) => {
      const { reportCommand } = await loadPart(import('./report.ts'));
      const request = {
        paths,
        contender: flags.with ?? null,
        labels: flags.label ?? null,
        out: outPlace(flags.out),
        title: flags.title ?? null,
      };
      context.finish(await reportCommand(request, context.terminal));
    });
}

const REPORT_HELP = `
The page shows every clock of every case, raw against corrected times, where
the wall time went, and the machine with its evidence. It works without scripts,
on paper and on a phone. Of more than 300 results (cases times reports) it holds
the figures and leaves out the samples, which stay in the reports.

Examples:
  guestmark report report.json
  guestmark report ./bare --with ./guest --label "bare metal,guest"
  guestmark report ./nightly --title "Nightly runs" --out nightly.html
  guestmark report run.json --out - | ssh web 'cat > page.html'`;
