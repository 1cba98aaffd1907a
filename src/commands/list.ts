// `guestmark list`: the benchmarks and the cases they expand to. Needs no device.
import { benchmarksTable } from '../report/list-table.ts';
import type { SuiteName } from '../suite/benchmark.ts';
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
  const benchmarks = chosen.benchmarks.filter((benchmark) =>
    cases.some((one) => one.benchmark === benchmark),
  );
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
