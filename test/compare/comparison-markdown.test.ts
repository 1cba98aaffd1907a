import { describe, expect, it } from 'vitest';
import { code, comparisonMarkdown, prose } from '../../src/compare/comparison-markdown.ts';
import { HOSTILE, hostileComparison } from './hostile-comparison.ts';
import { comparison } from './sample-comparison.ts';

/** Cells of a row, as GitHub splits them: at pipes that no backslash escapes. */
const cellsOf = (row: string): number => row.split(/(?<!\\)\|/).length - 2;

describe('comparisonMarkdown()', () => {
  it('reads as a comment on GitHub', () => {
    expect(comparisonMarkdown(comparison())).toMatchInlineSnapshot(`
      "**2 slower, 1 faster, 2 same, 1 unclear of 6 cases; geometric mean of GPU time -0.5 % (-1.3 to +0.3)**

      |  |  |
      | --- | --- |
      | baseline | bare metal: 2 reports, 10 runs |
      |  | device NVIDIA H100 PCIe; driver NVIDIA 550.54.15; hypervisor none; attachment attached to the machine itself; host metal-1 |
      | contender | guest: 2 reports, 10 runs |
      |  | device NVIDIA H100 PCIe; driver NVIDIA 550.54.15; hypervisor KVM, made by QEMU; attachment passthrough, a whole device given to this guest; host guest-1 |
      | collected | collected one after the other, 3 h apart: what drifted in between (temperature, other load) is part of the ratio |
      | rules | ratio = contender / baseline with its 95 % interval; same within ±1 %; p by Holm over 6 cases, alpha 5 %; 10000 resamples, seed 1 |

      | case | judged by | baseline | contender | ratio | verdict | wall | corrected | undisturbed | p99 | p |
      | --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |
      | \`copy[n=16Mi]\` | GPU time | 4.00 ms ±0.3% | 4.01 ms ±0.3% | +0.2 % (-0.3 to +0.7) | same | +0.4 % | -0.2 to +0.8 % | – | – | 1.000 |
      | \`fma[type=f32,n=1Mi]\` | GPU time | 2.50 ms ±0.3% | 2.38 ms ±0.3% | -5.0 % (-5.5 to -4.5) | **faster** | -4.7 % | – | – | – | 0.002 |
      | \`reduce-sum[n=64Mi,WORKGROUP_SIZE=256]\` | wall time | 12.3 ms ±0.3% | 15.4 ms ±0.3% | +25.0 % (+22.5 to +27.5) | **slower** | – | -2.0 to +4.0 % | -2.6 to +3.4 % | – | &lt;0.001 |
      | \`stream-triad[n=4Ki]\` | GPU time | 5.20 µs ±0.3% | 5.33 µs ±0.3% | +2.5 % (-0.6 to +5.6) | *unclear* | +3.2 % | – | – | – | 0.630 |
      | \`sync-fence[wait=block]\` | wall time | 42.0 µs ±0.3% | 58.8 µs ±0.3% | +40.0 % (+34.4 to +45.6) | **slower** | – | +28.9 to +42.5 % | – | +200 % | 0.001 |
      | \`sgemm-tiled[n=1Ki]\` | GPU time | 4.00 ms ±0.3% | 4.01 ms ±0.3% | +0.2 % (-0.3 to +0.7) | same | +0.4 % | -0.2 to +0.8 % | – | – | 1.000 |

      * \`fma[type=f32,n=1Mi]\`: the contender needs 4.7 % less wall time, on the device
      * \`reduce-sum[n=64Mi,WORKGROUP_SIZE=256]\`: the wall time is 25 % longer, and without steal within 1 % of the baseline: 91 % of the difference is time that the hypervisor took
      * \`stream-triad[n=4Ki]\`: the interval of the ratio reaches from −0.6 % to +5.6 %: more runs would narrow it
      * \`sync-fence[wait=block]\`: the wall time is 40 % longer: 89 % of it is the wake-up
      * \`sgemm-tiled[n=1Ki]\`: outputs differ: SHA-256 4f1c… on the baseline and 9a02… on the contender

      | geometric mean of | ratio | over |
      | --- | ---: | --- |
      | GPU time | -0.5 % (-1.3 to +0.3) | 4 cases |
      | wall time | +9.8 % (+7.6 to +12.0) | 6 cases |
      | corrected wall time | +8.3 % (+6.1 to +10.5) | 4 cases |
      | p99 of the wall time | – | one case has no mean |

      ### Where the difference comes from

      | part | share of the mean wall time of the baseline, over 5 cases |
      | --- | ---: |
      | wall time | +12.1 % (+11.0 to +13.3) |
      | device time | -0.9 % (-1.2 to -0.6) |
      | submit | +0.6 % (+0.4 to +0.8) |
      | wake-up | +7.4 % (+6.6 to +8.1) |
      | steal | +4.6 % (+4.1 to +5.0) |
      | run-queue wait | +0.10 % (0.00 to +0.20) |
      | unexplained | +0.3 % (-0.2 to +0.8) |

      of 12 % more wall time on the guest, 61 % is the wake-up and 38 % is time that the hypervisor took; the device itself is as fast

      **Fidelity:** different: outputs of 1 case differ, those of 3 are equal, and 2 have none to compare

      ### What makes it doubtful

      * \`different-tier\`: the baseline was measured in tier C and the contender in tier A
      * \`steal\`: the hypervisor took more than 1 % of the contender’s time in 1 case → judge by --metric correctedWallTime, or free the host
      * \`different-compute-clock\`: compute clock 1.98 GHz against 1.87 GHz → lock the clocks on both sides (\`fma[type=f32,n=1Mi]\`)
      * \`steal\`: the hypervisor took 18–19 % of the contender’s samples → judge by --metric correctedWallTime, or free the host (\`reduce-sum[n=64Mi,WORKGROUP_SIZE=256]\`)

      ### Not compared

      * \`copy[n=256Mi]\`: on the baseline only
      * \`axpy[n=1Mi]\`: on the contender only
      * \`axpy[n=4Mi]\`: on the contender only
      * \`guest/run-3.json\`: Cannot read guest/run-3.json: it ends within a report, after 812 bytes
      "
    `);
  });

  it('has nothing to show where nothing was compared', () => {
    const text = comparisonMarkdown(comparison({ cases: [] }));
    expect(text).toMatch(/^\*\*Nothing was compared: no case is on both sides/);
    expect(text).not.toContain('| case |');
  });

  it.each(HOSTILE)('keeps its shape whatever the files say: %s', (_, hostile) => {
    const text = comparisonMarkdown(hostileComparison(hostile));
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    for (const block of text.split('\n\n').filter((one) => one.startsWith('|'))) {
      const counts = new Set(block.trimEnd().split('\n').map(cellsOf));
      expect([...counts]).toHaveLength(1);
    }
    const known = ['### Where the difference comes from', '### What makes it doubtful', '### Not compared'];
    expect(text.split('\n').filter((line) => /^\s*#/.test(line))).toEqual(known);
  });

  it.each(HOSTILE)('has no HTML, link or mention outside of code: %s', (_, hostile) => {
    const text = comparisonMarkdown(hostileComparison(hostile)).replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
    const ours = text.replaceAll('<!-- -->', '');
    expect(ours).not.toMatch(/(?<!\\)[<>[\]!]/);
    expect(text).not.toMatch(/https?:\/\/|\bwww\.|@\w|#\d/i);
  });
});

describe('prose()', () => {
  it('escapes what has a meaning, and nothing else', () => {
    expect(prose('a_b*c|d <b> & [x](y) `z`')).toBe('a\\_b\\*c\\|d &lt;b&gt; &amp; \\[x\\](y) \\`z\\`');
    expect(prose('±1 %, 4.9 to 5.6; (a) 10:30 → b')).toBe('±1 %, 4.9 to 5.6; (a) 10:30 → b');
    expect(prose('@you #1 http://x www.x')).toBe('@<!-- -->you \\#<!-- -->1 http:<!-- -->//x www<!-- -->.x');
  });
});

describe('code()', () => {
  it.each([
    ['copy[n=16Mi]', '`copy[n=16Mi]`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b', '`a\\|b`'],
    ['', '`  `'],
    ['a\nb', '`a b`'],
  ])('writes %j as %s', (text, expected) => {
    expect(code(text)).toBe(expected);
  });
});
