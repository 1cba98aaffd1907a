// `guestmark list`: the benchmarks and the cases they expand to, or what one benchmark is. Needs no device.
import { benchmarkPage } from '../report/benchmark-page.ts';
import { benchmarksTable } from '../report/list-table.ts';
import { shownUnits } from '../report/shown-units.ts';
import type { SuiteName } from '../suite/benchmark.ts';
import type { Case } from '../suite/case-id.ts';
import { type BenchmarkDescription, describeBenchmark } from '../suite/describe-benchmark.ts';
import { planCases } from '../suite/plan.ts';
import { chooseBenchmarks } from './choose-benchmarks.ts';
import { EXIT } from './exit-codes.ts';
import { COMPILE_LIMIT_NS } from './shader-options.ts';
import type { Terminal } from './terminal.ts';

/** The options of the command. */
export interface ListOptions {
  readonly selectors: readonly string[];
  readonly suite: SuiteName;
  readonly axes: Readonly<Record<string, readonly number[]>>;
  readonly cases: boolean;
  readonly json: boolean;
  readonly modules: readonly string[];
}

/** Runs the command. */
export async function listCommand(options: ListOptions, terminal: Terminal): Promise<number> {
  const { selectors: words, axes: axis, modules } = options;
  const shaders = { axis, cache: true, compileLimit: COMPILE_LIMIT_NS };
  const chosen = await chooseBenchmarks({ words, modules, device: null, binding: 'auto', shaders });
  const cases = planCases(chosen.benchmarks, { ...options, selectors: chosen.selectors });
  const described = chosen.benchmarks.flatMap((benchmark) => {
    const first = cases.find((one) => one.benchmark === benchmark);
    return first === undefined ? [] : [describeBenchmark(benchmark, first)];
  });
  const rest = words.length === 0 ? chosen.benchmarks.length - described.length : 0;
  const note = rest > 0 && !options.json && !options.cases ? restText(options.suite, rest) : '';
  terminal.print(`${listText(options, described, cases, terminal)}${note}`);
  return EXIT.ok;
}

/** A stranger would take the table for all there is. */
function restText(suite: SuiteName, rest: number): string {
  const others = rest === 1 ? '1 more benchmark is' : `${rest} more benchmarks are`;
  return `\n${others} not in the suite ${suite}: guestmark list '*' shows all.\nguestmark list NAME explains one.`;
}

function listText(
  options: ListOptions,
  described: readonly BenchmarkDescription[],
  cases: readonly Case[],
  { width, color }: Terminal,
): string {
  const ids = cases.map(({ id }) => id);
  const { suite, json, selectors } = options;
  if (json) return JSON.stringify({ suite, benchmarks: described, cases: ids }, null, 2);
  if (options.cases) return ids.join('\n');
  const [only] = described;
  // A word that is a name and no pattern asks what that benchmark is.
  if (only === undefined || selectors.length !== 1 || selectors[0] !== only.name)
    return benchmarksTable(described, { width, color });
  const units = shownUnits((cases[0] as Case).benchmark);
  return benchmarkPage(only, units, { width, color });
}
