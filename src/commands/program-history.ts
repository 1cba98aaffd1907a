// The verb `guestmark history` with its options and examples, as commander sees it; what it does is in history.ts.
import { type Command, Option } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { HISTORY_DEFAULTS, type HistoryOptions } from '../history/history.ts';
import type { Selector } from '../suite/selector.ts';
import { collectSelectors, share, shareAboveZero } from './compare-values.ts';
import type { HistoryRequest } from './history.ts';
import { sinceMs } from './history-values.ts';
import { outPlace, whole } from './option-values.ts';
import { addResultOptions, type ResultFormat } from './result-options.ts';
import type { ProgramContext } from './shared-options.ts';

interface HistoryFlags extends Pick<HistoryOptions, 'metric' | 'noiseFloor' | 'alpha' | 'seed'> {
  case?: readonly Selector[];
  since?: number;
  last?: number;
  format?: ResultFormat;
  json: boolean;
  failOn?: 'slower';
  out?: string;
}

/** `guestmark history`. */
export function addHistory(program: Command, context: ProgramContext): void {
  const { noiseFloor, alpha, seed } = HISTORY_DEFAULTS;
  const history = program
    .command('history')
    .description('Show how cases went over time in folders of reports, and where and why they changed')
    .argument('<path...>', 'folders of reports, or report files')
    .option('--case <selector>', 'only these cases: copy, copy[n=16Mi], hist* (repeatable)', collectSelectors)
    .addOption(metricOption())
    .option('--since <date>', 'leave out reports that began before: 2026-01-31, or a time (UTC)', sinceMs)
    .option('--last <count>', 'only the latest reports of each series', whole('a count of reports', 1))
    .option('--noise-floor <share>', 'levels within 1 ± this are one: 1% or 0.01', share(0.5), noiseFloor)
    .option('--alpha <share>', 'probability of any false change in all of it', shareAboveZero(0.5), alpha)
    .option('--seed <number>', 'seed of the resampling', whole('a seed', 0), seed)
    .addOption(
      new Option('--fail-on <what>', 'exit with 1 where the last change or the latest report is').choices([
        'slower',
      ]),
    );
  addResultOptions(history)
    .addHelpText('after', HISTORY_HELP)
    .action(async (paths: string[], flags: HistoryFlags) => {
      const { historyCommand } = await loadPart(import('./history.ts'));
      context.finish(await historyCommand(requestOf(paths, flags), context.terminal));
    });
}

function metricOption(): Option {
  return new Option(
    '--metric <id>',
    'what is shown; auto is GPU time of throughputs and wall time of latencies',
  )
    .choices(['auto', 'gpuTime', 'wallTime', 'correctedWallTime', 'bandwidth', 'arithmetic', 'itemRate'])
    .default('auto');
}

function requestOf(paths: readonly string[], flags: HistoryFlags): HistoryRequest {
  const { metric, noiseFloor, alpha, seed } = flags;
  return {
    paths,
    options: {
      ...HISTORY_DEFAULTS,
      ...{ metric, noiseFloor, alpha, seed },
      sinceMs: flags.since ?? null,
      last: flags.last ?? null,
    },
    selectors: flags.case ?? [],
    failOnSlower: flags.failOn === 'slower',
    format: flags.json ? 'json' : (flags.format ?? null),
    out: outPlace(flags.out),
  };
}

const HISTORY_HELP = `
There is a series for every case on every device of every machine. A change of
driver, kernel, hypervisor, settings or guestmark is told where it happened; it
is often what changed a time. How to keep such a folder: docs/history.md.

Exit codes: 0 whatever is found, unless --fail-on slower says otherwise; 2 where
no report can be read. A file that cannot be read is told of and left out.
After a slowdown that you accept, give its date with --since.

Examples:
  guestmark run --out "reports/$(date -u +%Y-%m-%dT%H%M).json"
  guestmark history reports/
  guestmark history reports/ --case 'copy*' --metric bandwidth --last 30
  guestmark history reports/ --since 2026-01-31 --fail-on slower
  guestmark history reports/ --json | jq '.series[] | {caseId, changes}'`;
