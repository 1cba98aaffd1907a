import { describe, expect, it } from 'vitest';
import { fleetMarkdown } from '../../src/merge/fleet-markdown.ts';
import { HOSTILE } from '../compare/hostile-comparison.ts';
import { fleetExample } from './fleet-example.ts';

describe('fleetMarkdown()', () => {
  it('says what came out, then outliers, what is missing, cases and differences', () => {
    const text = fleetMarkdown(fleetExample({ nodes: 20, cases: 2, outliers: 2, gaps: 3 }));
    expect(text).toMatchInlineSnapshot(`
      "### nightly

      **20 nodes, 2 cases: 2 slower than the fleet (1 GPU, 1 guest). 3 tasks or nodes without a whole report. 1 file could not be read.**

      An outlier differs by more than 1.0 % from the median of the nodes of its kind (device and CPU); at most 1.0 % of the outliers are expected to be healthy nodes, over all cases and metrics together; a kind of fewer than 5 nodes is not judged.

      #### Outliers

      | node | verdict | most | in | cause | evidence |
      | --- | --- | ---: | --- | --- | --- |
      | \`node-00001\` | **slower** | +3.9 % | \`copy[n=1024,k=0]\` +3.9 %; all cases together +2.0 % | GPU | compute clock 1.21 GHz (fleet 1.98 GHz); throttled by: software thermal slowdown |
      | \`node-00002\` | **slower** | +5.9 % | \`scan[n=2048,k=1]\` +5.9 %; all cases together +3.0 % | guest | steal 10.1 % (fleet 0.2 %) |

      #### Missing

      * task 20 on node-20: was killed
      * task 21: was never started
      * node-22: was killed
      * \`reports/task-00099.json\`: is cut off

      #### Cases

      | case | by | nodes | median | 1 % to 99 % | spread |
      | --- | --- | ---: | ---: | ---: | ---: |
      | \`copy[n=1024,k=0]\` | GPU time | 19 | 10.0 µs, 818 MB/s | 9.9–10.4 µs | 0.2 % |
      | \`scan[n=2048,k=1]\` | GPU time | 19 | 20.0 µs, 819 MB/s | 19.9–21.0 µs | 0.2 % |

      #### Nodes differ in

      * driver: \`NVIDIA 550.54.15\` on 19 (first \`node-00002\`), \`NVIDIA 535.104.05\` on 1 (first \`node-00001\`)
      "
    `);
  });

  it('says that there are too few nodes to judge, or that none stands out', () => {
    const one = fleetMarkdown(fleetExample({ nodes: 1 }));
    expect(one).toContain(
      '1 node, 3 cases: too few nodes to tell one from the others, which takes 5 of a kind.',
    );
    expect(one).toContain('Not judged: 1 node of a kind (device and CPU) with fewer than 5 nodes.');
    const none = fleetMarkdown(fleetExample({ nodes: 20 }));
    expect(none).toContain('20 nodes, 3 cases: no node stands out.');
    expect(none).not.toContain('#### Outliers');
  });

  it('fits into a comment, however large the fleet is', () => {
    const text = fleetMarkdown(fleetExample({ nodes: 320, cases: 70, outliers: 300, gaps: 100 }));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('and 250 more outliers');
    expect(text).toContain('and 50 more without a report');
    expect(text).toContain('and 20 more cases');
  });

  it.each(HOSTILE)('keeps its shape, without HTML, link or mention outside of code: %s', (_, hostile) => {
    const text = fleetMarkdown(
      fleetExample({ nodes: 6, cases: 2, outliers: 2, gaps: 2, names: () => hostile }),
    );
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    for (const block of text.split('\n\n').filter((one) => one.startsWith('|'))) {
      const cells = block.split('\n').map((row) => row.split(/(?<!\\)\|/).length);
      expect(new Set(cells).size).toBe(1);
    }
    const outside = text.replace(/(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
    expect(outside.replaceAll('<!-- -->', '')).not.toMatch(/(?<!\\)[<>[\]!]/);
    expect(outside).not.toMatch(/https?:\/\/|\bwww\.|@\w|#\d/i);
  });

  it('tells no spread of one node', () => {
    const [row] = fleetMarkdown(fleetExample({ nodes: 1, cases: 1, outliers: 0 }))
      .split('\n')
      .filter((line) => line.includes('| 1 |'));
    expect(row).toMatch(/ – \|$/);
  });
});
