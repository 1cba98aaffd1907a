// `guestmark list`: the benchmarks and the cases they expand to. Needs no device.
import { benchmarksTable } from '../report/list-table.ts';
import type { SuiteName } from '../suite/benchmark.ts';
import { loadBenchmarks } from '../suite/load.ts';
import { planCases } from '../suite/plan.ts';
import { EXIT } from './exit-codes.ts';
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
  const all = await loadBenchmarks(options.modules);
  const cases = planCases(all, options);
  const benchmarks = all.filter((benchmark) => cases.some((one) => one.benchmark === benchmark));
  if (options.json) {
    const described = benchmarks.map(({ name, summary, kind, axes, suites }) => ({
      name,
      summary,
      kind,
      axes,
      suites,
    }));
    terminal.print(
      JSON.stringify(
        { suite: options.suite, benchmarks: described, cases: cases.map(({ id }) => id) },
        null,
        2,
      ),
    );
  } else if (options.cases) {
    terminal.print(cases.map(({ id }) => id).join('\n'));
  } else {
    terminal.print(benchmarksTable(benchmarks, { width: terminal.width, color: terminal.color }));
  }
  return EXIT.ok;
}
