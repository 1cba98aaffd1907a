// The table of benchmarks for people who browse the sources, as Markdown: everything in it comes from the definitions. Pure;
// who writes it where is not known here.
import { formatQuantity } from '../base/units.ts';
import type { BenchmarkDescription } from '../suite/describe-benchmark.ts';

/** A benchmark and the units in which its figures are shown. */
export interface ListedBenchmark {
  readonly benchmark: BenchmarkDescription;
  readonly units: readonly string[];
}

const HEAD = `<!-- Generated from the definitions by \`npm run benchmarks\`: change those, not this file. -->

# Benchmarks

One file here defines a benchmark, or several that share an idea; its kernels are in the folder of the same name below
\`shaders/\`. \`guestmark list NAME\` explains a benchmark at length: how it measures, what limits its figure, how exactly it is
verified, and its sources.

The axes are those of the longest suite in which a benchmark is (of many values the first, the last and how many); cases are
counted for the suites quick / standard / full / latency / host. The first three are about the device, small to large; \`latency\`
is about the ways to hand it work and to wait for it, \`host\` about everything that this machine does around it.
A device that lacks what a benchmark needs skips it.
`;

/** The whole file, by category in the given order. */
export function benchmarksMarkdown(listed: readonly ListedBenchmark[]): string {
  const categories = [...new Set(listed.map(({ benchmark }) => benchmark.category ?? 'other'))];
  const parts = categories.map((category) =>
    sectionOf(
      category,
      listed.filter(({ benchmark }) => (benchmark.category ?? 'other') === category),
    ),
  );
  return `${[HEAD, ...parts].join('\n')}`;
}

function sectionOf(category: string, listed: readonly ListedBenchmark[]): string {
  const rows = listed.map(rowOf);
  return `## ${category}

| benchmark | what it measures | figure | axes | cases | verified | needs |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function rowOf({ benchmark, units }: ListedBenchmark): string {
  const { name, summary, suites, needs, explanation } = benchmark;
  const planned = suites.full ?? suites.standard ?? suites.quick ?? suites.host ?? suites.latency;
  const axes = Object.entries(planned?.axes ?? benchmark.axes).map(shortAxis);
  const counts = (['quick', 'standard', 'full', 'latency', 'host'] as const).map(
    (suite) => suites[suite]?.cases ?? 0,
  );
  const cells = [
    `\`${name}\``,
    summary,
    units.join(', '),
    axes.map((axis) => `\`${axis}\``).join(' '),
    counts.join(' / '),
    explanation === null ? '–' : firstSentence(explanation.verification),
    needs.map((need) => `\`${need}\``).join(', '),
  ];
  return `| ${cells.map(cellText).join(' | ')} |`;
}

/** More values than these would make the table wider than they are worth. */
const MOST_VALUES = 4;

/** `n=1Mi,4Mi`; of many values the first, the last and their number. */
function shortAxis([axis, values]: readonly [string, readonly number[]]): string {
  if (values.length <= MOST_VALUES) return `${axis}=${values.map(formatQuantity).join(',')}`;
  const [first, last] = [values[0] as number, values.at(-1) as number];
  return `${axis}=${formatQuantity(first)}…${formatQuantity(last)} (${values.length})`;
}

/** What `guestmark list` tells at length is told here in one sentence. */
function firstSentence(text: string): string {
  return /^.*?[^.]\.(?=\s|$)/s.exec(text)?.[0].replace(/\.$/, '') ?? text;
}

function cellText(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}
