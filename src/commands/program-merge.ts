// The verb `guestmark merge` with its options and examples, as commander sees it; what it does is in merge.ts.
import type { Command } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { MERGE_DEFAULTS, type MergeOptions } from '../merge/fleet-report.ts';
import type { Selector } from '../suite/selector.ts';
import { collectSelectors, share, shareAboveZero } from './compare-values.ts';
import type { MergeFiles, MergeRequest } from './merge.ts';
import { collectMergeFailures, type MergeFailure, ownFile } from './merge-values.ts';
import { outPlace } from './option-values.ts';
import { addResultOptions, type ResultFormat } from './result-options.ts';
import type { ProgramContext } from './shared-options.ts';

interface MergeFlags extends Pick<MergeOptions, 'noiseFloor' | 'alpha'> {
  case?: readonly Selector[];
  format?: ResultFormat;
  json: boolean;
  failOn?: readonly MergeFailure[];
  out?: string;
  html?: string;
  prometheus?: string;
  parquet?: string;
}

/** `guestmark merge`. */
export function addMerge(program: Command, context: ProgramContext): void {
  const { noiseFloor, alpha } = MERGE_DEFAULTS;
  const merge = program
    .command('merge')
    .description('Merge the reports of a fleet: how cases are distributed, which nodes stand out, and why')
    .argument('<path...>', 'the folder of a fleet, or folders of reports, or report files')
    .option('--case <selector>', 'only these cases: copy, copy[n=16Mi], hist* (repeatable)', collectSelectors)
    .option(
      '--noise-floor <share>',
      'a node within 1 ± this is no outlier: 1% or 0.01',
      share(0.5),
      noiseFloor,
    )
    .option(
      '--alpha <share>',
      'expected share of healthy nodes among the outliers',
      shareAboveZero(0.5),
      alpha,
    )
    .option(
      '--fail-on <list>',
      'exit with 1 where there are: outliers, missing (slow nodes; tasks or nodes without a whole report)',
      collectMergeFailures,
    )
    .option('--html <file>', 'also write the fleet as one page', ownFile)
    .option('--prometheus <file>', 'also write metrics for the textfile collector of Prometheus', ownFile)
    .option('--parquet <file>', 'also write every value as Apache Parquet', ownFile);
  addResultOptions(merge)
    .addHelpText('after', MERGE_HELP)
    .action(async (paths: string[], flags: MergeFlags) => {
      const { mergeCommand } = await loadPart(import('./merge.ts'));
      context.finish(await mergeCommand(requestOf(paths, flags), context.terminal));
    });
}

function requestOf(paths: readonly string[], flags: MergeFlags): MergeRequest {
  const { noiseFloor, alpha, html, prometheus, parquet } = flags;
  const files: MergeFiles = {
    html: html ?? null,
    prometheus: prometheus ?? null,
    parquet: parquet ?? null,
  };
  return {
    paths,
    options: { ...MERGE_DEFAULTS, noiseFloor, alpha },
    selectors: flags.case ?? [],
    failOn: flags.failOn ?? [],
    format: flags.json ? 'json' : (flags.format ?? null),
    out: outPlace(flags.out),
    files,
  };
}

const MERGE_HELP = `
A node is compared with those that have the same device and CPU, of which there
must be 8. What a slow node owes it to is told as far as its reports show it:
its GPU (clock, errors, link), its guest (steal, CPU quota, exits), or nothing
that is known. In the folder of a fleet the plan tells who is missing.

Exit codes: 0 whatever is found, unless --fail-on says otherwise; 2 where no
report can be read. A file that cannot be read is told of and left out.

Examples:
  guestmark merge fleet/
  guestmark merge fleet/ --fail-on outliers,missing
  guestmark merge reports/ --case 'copy*' --noise-floor 2%
  guestmark merge fleet/ --html fleet.html --parquet fleet.parquet
  guestmark merge fleet/ --json | jq '.outliers[] | {node, cause, reasons}'`;
