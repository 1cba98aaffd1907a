import { describe, expect, it } from 'vitest';
import { benchmarksMarkdown } from '../../src/report/benchmarks-markdown.ts';
import { describeBenchmark } from '../../src/suite/describe-benchmark.ts';
import { benchmark } from '../suite/benchmarks.ts';

const listed = [
  {
    benchmark: describeBenchmark(
      benchmark({
        name: 'sort',
        summary: 'Sorts | keys',
        category: 'patterns',
        needs: ['shaderInt64'],
        axes: { n: [1024], k: [1, 2], m: [1, 2, 4, 8, 1024] },
        suites: { quick: { k: [1] }, standard: {} },
        explanation: {
          method: '',
          limit: '',
          verification: 'The keys are in order, to 1.5 ulp.\nThe second sentence is told elsewhere.',
        },
      }),
    ),
    units: ['keys/s', 'GB/s'],
  },
  { benchmark: describeBenchmark(benchmark({ axes: {}, suites: {} })), units: ['time'] },
];

describe('benchmarksMarkdown()', () => {
  it('is one table a category, with what the definitions say', () => {
    const text = benchmarksMarkdown(listed);
    expect(text.slice(text.indexOf('## '))).toMatchInlineSnapshot(`
      "## patterns

      | benchmark | what it measures | figure | axes | cases | verified | needs |
      | --- | --- | --- | --- | --- | --- | --- |
      | \`sort\` | Sorts \\| keys | keys/s, GB/s | \`n=1Ki\` \`k=1,2\` \`m=1…1Ki (5)\` | 5 / 10 / 0 / 0 / 0 | The keys are in order, to 1.5 ulp | \`shaderInt64\` |

      ## other

      | benchmark | what it measures | figure | axes | cases | verified | needs |
      | --- | --- | --- | --- | --- | --- | --- |
      | \`count\` | Counts iterations | time |  | 0 / 0 / 0 / 0 / 0 | – |  |
      "
    `);
    expect(text).toContain('npm run benchmarks');
  });
});
