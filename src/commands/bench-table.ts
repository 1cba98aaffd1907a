// The text of bench/README.md: all built-in benchmarks as a table. Apart from the script that writes it, so that a test can
// tell when the file is out of date.
import { benchmarksMarkdown } from '../report/benchmarks-markdown.ts';
import { shownUnits } from '../report/shown-units.ts';
import { describeBenchmark } from '../suite/describe-benchmark.ts';
import { loadBenchmarks } from '../suite/load.ts';

/** The table of the benchmarks that there are now. */
export async function benchTable(): Promise<string> {
  const benchmarks = await loadBenchmarks();
  return benchmarksMarkdown(
    benchmarks.map((benchmark) => ({
      benchmark: describeBenchmark(benchmark),
      units: shownUnits(benchmark),
    })),
  );
}
