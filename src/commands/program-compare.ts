// The verb `guestmark compare` with its options and examples, as commander sees it; what it does is in compare.ts.
import { type Command, Option } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { COMPARE_DEFAULTS, COMPARED_METRICS, type CompareOptions } from '../compare/comparison.ts';
import type { Selector } from '../suite/selector.ts';
import type { CompareRequest } from './compare.ts';
import {
  collectFailReasons,
  collectSelectors,
  type FailReason,
  share,
  shareAboveZero,
  sideLabels,
} from './compare-values.ts';
import { outPlace, whole } from './option-values.ts';
import { addResultOptions, type ResultFormat } from './result-options.ts';
import type { ProgramContext } from './shared-options.ts';

interface CompareFlags extends Omit<CompareOptions, 'confidence'> {
  with?: readonly string[];
  case?: readonly Selector[];
  label?: readonly [string, string];
  failOn?: readonly FailReason[];
  format?: ResultFormat;
  json: boolean;
  out?: string;
}

/** `guestmark compare`. */
export function addCompare(program: Command, context: ProgramContext): void {
  const compare = program
    .command('compare')
    .description('Compare two sets of reports: faster, slower, same or unclear, and why')
    .usage('[options] <baseline...> --with <contender...>')
    .argument('[baseline...]', 'report files, or folders of them')
    .option('--with <contender...>', 'report files, or folders of them, to compare with the baseline');
  addStatistics(compare);
  compare
    .option('--case <selector>', 'only these cases: copy, copy[n=16Mi], hist* (repeatable)', collectSelectors)
    .option('--label <names>', 'what the sides are called: baseline,contender', sideLabels)
    .option(
      '--fail-on <what>',
      'exit with 1 on any of: slower, unclear, flags (repeatable, or with commas)',
      collectFailReasons,
    );
  addResultOptions(compare)
    .addHelpText('after', COMPARE_HELP)
    .action(async (baseline: string[], flags: CompareFlags) => {
      const { compareCommand } = await loadPart(import('./compare.ts'));
      context.finish(await compareCommand(requestOf(baseline, flags), context.terminal));
    });
}

/** By what cases are judged, and how sure a verdict must be. */
function addStatistics(compare: Command): void {
  const { noiseFloor, alpha, seed, resamples } = COMPARE_DEFAULTS;
  compare
    .addOption(
      new Option(
        '--metric <id>',
        'what cases are judged by; auto is GPU time of throughputs and wall time of latencies',
      )
        .choices(['auto', ...COMPARED_METRICS])
        .default('auto'),
    )
    .option(
      '--noise-floor <share>',
      'a ratio within 1 ± this is the same: 1% or 0.01',
      share(0.5),
      noiseFloor,
    )
    .option(
      '--alpha <share>',
      'probability of a false verdict over all cases together',
      shareAboveZero(0.5),
      alpha,
    )
    .option(
      '--resamples <count>',
      'how often runs are drawn again',
      whole('a count of resamples', 100),
      resamples,
    )
    .option('--seed <number>', 'seed of the resampling', whole('a seed', 0), seed);
}

function requestOf(baseline: readonly string[], flags: CompareFlags): CompareRequest {
  const { metric, noiseFloor, alpha, resamples, seed } = flags;
  return {
    baseline,
    contender: flags.with ?? [],
    options: { ...COMPARE_DEFAULTS, metric, noiseFloor, alpha, resamples, seed },
    selectors: flags.case ?? [],
    labels: flags.label ?? null,
    failOn: flags.failOn ?? [],
    format: flags.json ? 'json' : (flags.format ?? null),
    out: outPlace(flags.out),
  };
}

const COMPARE_HELP = `
Cases are paired by id. A verdict needs five runs a side, and ten are better;
runs that alternate on one machine cancel what drifts, so write every run of
each side to a report of its own and give the folders. Files of guestmark time
--out and of hyperfine --export-json are taken too: a command is a case. How to
collect, what a verdict means and how the table reads: docs/comparison.md.

Exit codes: 0 whatever the verdicts are, unless --fail-on says otherwise; 2
where a side has no report. A file that cannot be read is told of and left out.
--fail-on slower   a case is slower, or none is on both sides
--fail-on unclear  a case is unclear, or none is on both sides
--fail-on flags    anything makes the comparison doubtful, or outputs differ

Examples:
  guestmark compare bare/ --with guest/
  guestmark compare old.json --with new.json --fail-on slower
  guestmark compare bare/ --with guest/ --metric correctedWallTime
  guestmark compare bare/ --with guest/ --label 'bare metal,KVM' --out c.md
  guestmark compare a/*.json --with b/*.json --case 'copy*' --format csv
  guestmark compare bare/ --with guest/ --json | jq '.cases[] | {id, verdict}'`;
