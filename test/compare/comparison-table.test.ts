import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { comparisonTable } from '../../src/compare/comparison-table.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { HOSTILE, hostileComparison } from './hostile-comparison.ts';
import { comparedCase, comparison } from './sample-comparison.ts';

const table = (of = comparison(), width = 120, color = false): string =>
  comparisonTable(of, { width, color });

describe('comparisonTable()', () => {
  it('reads at 120 columns', () => {
    expect(table()).toMatchInlineSnapshot(`
      "baseline   bare metal: 2 reports, 10 runs
                 device NVIDIA H100 PCIe; driver NVIDIA 550.54.15; hypervisor none; attachment attached to the machine itself;
                 host metal-1
      contender  guest: 2 reports, 10 runs
                 device NVIDIA H100 PCIe; driver NVIDIA 550.54.15; hypervisor KVM, made by QEMU; attachment passthrough, a
                 whole device given to this guest; host guest-1
      collected  collected one after the other, 3 h apart: what drifted in between (temperature, other load) is part of the
                 ratio
      rules      ratio = contender / baseline with its 95 % interval; same within ±1 %; p by Holm over 6 cases, alpha 5 %;
                 10000 resamples, seed 1

      By GPU time
      case                      baseline      contender                  ratio  verdict    wall       corrected      p
      copy[n=16Mi]         4.00 ms ±0.3%  4.01 ms ±0.3%  +0.2 % (-0.3 to +0.7)  same     +0.4 %  -0.2 to +0.8 %  1.000
      fma[type=f32,n=1Mi]  2.50 ms ±0.3%  2.38 ms ±0.3%  -5.0 % (-5.5 to -4.5)  faster   -4.7 %               –  0.002
        the contender needs 4.7 % less wall time, on the device
        see below: different-compute-clock
      stream-triad[n=4Ki]  5.20 µs ±0.3%  5.33 µs ±0.3%  +2.5 % (-0.6 to +5.6)  unclear  +3.2 %               –  0.630
        the interval of the ratio reaches from −0.6 % to +5.6 %: more runs would narrow it
      sgemm-tiled[n=1Ki]   4.00 ms ±0.3%  4.01 ms ±0.3%  +0.2 % (-0.3 to +0.7)  same     +0.4 %  -0.2 to +0.8 %  1.000
        outputs differ: SHA-256 4f1c… on the baseline and 9a02… on the contender

      By wall time
             baseline      contender                     ratio  verdict         corrected     undisturbed     p99       p
      reduce-sum[n=64Mi,WORKGROUP_SIZE=256]
        12.3 ms ±0.3%  15.4 ms ±0.3%  +25.0 % (+22.5 to +27.5)  slower     -2.0 to +4.0 %  -2.6 to +3.4 %       –  <0.001
        the wall time is 25 % longer, and without steal within 1 % of the baseline: 91 % of the difference is time that the
        hypervisor took
        see below: steal
      sync-fence[wait=block]
        42.0 µs ±0.3%  58.8 µs ±0.3%  +40.0 % (+34.4 to +45.6)  slower   +28.9 to +42.5 %               –  +200 %   0.001
        the wall time is 40 % longer: 89 % of it is the wake-up

      Geometric mean of the ratios
      GPU time               -0.5 % (-1.3 to +0.3)  over 4 cases
      wall time             +9.8 % (+7.6 to +12.0)  over 6 cases
      corrected wall time   +8.3 % (+6.1 to +10.5)  over 4 cases
      p99 of the wall time                       –  one case has no mean

      Where the difference comes from, over 5 cases, in shares of the mean wall time of the baseline
      wall time         +12.1 % (+11.0 to +13.3)
        device time        -0.9 % (-1.2 to -0.6)
        submit             +0.6 % (+0.4 to +0.8)
        wake-up            +7.4 % (+6.6 to +8.1)
        steal              +4.6 % (+4.1 to +5.0)
        run-queue wait   +0.10 % (0.00 to +0.20)
        unexplained        +0.3 % (-0.2 to +0.8)
      of 12 % more wall time on the guest, 61 % is the wake-up and 38 % is time that the hypervisor took; the device itself is
      as fast

      fidelity  different: outputs of 1 case differ, those of 3 are equal, and 2 have none to compare; different:
                sgemm-tiled[n=1Ki]

      What makes it doubtful
      different-tier           the baseline was measured in tier C and the contender in tier A
      steal                    the hypervisor took more than 1 % of the contender’s time in 1 case
                               reduce-sum[n=64Mi,WORKGROUP_SIZE=256]: the hypervisor took 18–19 % of the contender’s samples
                               → judge by --metric correctedWallTime, or free the host
      different-compute-clock  fma[type=f32,n=1Mi]: compute clock 1.98 GHz against 1.87 GHz
                               → lock the clocks on both sides

      not compared  1 case of the baseline only: copy[n=256Mi]
      not compared  2 cases of the contender only: axpy[n=1Mi], axpy[n=4Mi]
      refused       Cannot read guest/run-3.json: it ends within a report, after 812 bytes

      2 slower, 1 faster, 2 same, 1 unclear of 6 cases; geometric mean of GPU time -0.5 % (-1.3 to +0.3)
      "
    `);
  });

  it('reads at 80 columns', () => {
    expect(table(comparison(), 80)).toMatchInlineSnapshot(`
      "baseline   bare metal: 2 reports, 10 runs
                 device NVIDIA H100 PCIe; driver NVIDIA 550.54.15; hypervisor none;
                 attachment attached to the machine itself; host metal-1
      contender  guest: 2 reports, 10 runs
                 device NVIDIA H100 PCIe; driver NVIDIA 550.54.15; hypervisor KVM,
                 made by QEMU; attachment passthrough, a whole device given to this
                 guest; host guest-1
      collected  collected one after the other, 3 h apart: what drifted in between
                 (temperature, other load) is part of the ratio
      rules      ratio = contender / baseline with its 95 % interval; same within ±1
                 %; p by Holm over 6 cases, alpha 5 %; 10000 resamples, seed 1

      By GPU time
             baseline      contender                  ratio  verdict
      copy[n=16Mi]
        4.00 ms ±0.3%  4.01 ms ±0.3%  +0.2 % (-0.3 to +0.7)  same
        wall +0.4 %, corrected -0.2 to +0.8 %, p 1.000
      fma[type=f32,n=1Mi]
        2.50 ms ±0.3%  2.38 ms ±0.3%  -5.0 % (-5.5 to -4.5)  faster
        wall -4.7 %, p 0.002
        the contender needs 4.7 % less wall time, on the device
        see below: different-compute-clock
      stream-triad[n=4Ki]
        5.20 µs ±0.3%  5.33 µs ±0.3%  +2.5 % (-0.6 to +5.6)  unclear
        wall +3.2 %, p 0.630
        the interval of the ratio reaches from −0.6 % to +5.6 %: more runs would
        narrow it
      sgemm-tiled[n=1Ki]
        4.00 ms ±0.3%  4.01 ms ±0.3%  +0.2 % (-0.3 to +0.7)  same
        wall +0.4 %, corrected -0.2 to +0.8 %, p 1.000
        outputs differ: SHA-256 4f1c… on the baseline and 9a02… on the contender

      By wall time
             baseline      contender                     ratio  verdict
      reduce-sum[n=64Mi,WORKGROUP_SIZE=256]
        12.3 ms ±0.3%  15.4 ms ±0.3%  +25.0 % (+22.5 to +27.5)  slower
        corrected -2.0 to +4.0 %, undisturbed -2.6 to +3.4 %, p <0.001
        the wall time is 25 % longer, and without steal within 1 % of the baseline: 91
        % of the difference is time that the hypervisor took
        see below: steal
      sync-fence[wait=block]
        42.0 µs ±0.3%  58.8 µs ±0.3%  +40.0 % (+34.4 to +45.6)  slower
        corrected +28.9 to +42.5 %, p99 +200 %, p 0.001
        the wall time is 40 % longer: 89 % of it is the wake-up

      Geometric mean of the ratios
      GPU time               -0.5 % (-1.3 to +0.3)  over 4 cases
      wall time             +9.8 % (+7.6 to +12.0)  over 6 cases
      corrected wall time   +8.3 % (+6.1 to +10.5)  over 4 cases
      p99 of the wall time                       –  one case has no mean

      Where the difference comes from, over 5 cases, in shares of the mean wall time
      of the baseline
      wall time         +12.1 % (+11.0 to +13.3)
        device time        -0.9 % (-1.2 to -0.6)
        submit             +0.6 % (+0.4 to +0.8)
        wake-up            +7.4 % (+6.6 to +8.1)
        steal              +4.6 % (+4.1 to +5.0)
        run-queue wait   +0.10 % (0.00 to +0.20)
        unexplained        +0.3 % (-0.2 to +0.8)
      of 12 % more wall time on the guest, 61 % is the wake-up and 38 % is time that
      the hypervisor took; the device itself is as fast

      fidelity  different: outputs of 1 case differ, those of 3 are equal, and 2 have
                none to compare; different: sgemm-tiled[n=1Ki]

      What makes it doubtful
      different-tier           the baseline was measured in tier C and the contender
                               in tier A
      steal                    the hypervisor took more than 1 % of the contender’s
                               time in 1 case
                               reduce-sum[n=64Mi,WORKGROUP_SIZE=256]: the hypervisor
                               took 18–19 % of the contender’s samples
                               → judge by --metric correctedWallTime, or free the host
      different-compute-clock  fma[type=f32,n=1Mi]: compute clock 1.98 GHz against
                               1.87 GHz
                               → lock the clocks on both sides

      not compared  1 case of the baseline only: copy[n=256Mi]
      not compared  2 cases of the contender only: axpy[n=1Mi], axpy[n=4Mi]
      refused       Cannot read guest/run-3.json: it ends within a report, after 812
                    bytes

      2 slower, 1 faster, 2 same, 1 unclear of 6 cases; geometric mean of GPU time
      -0.5 % (-1.3 to +0.3)
      "
    `);
  });

  it.each([80, 81, 97, 100, 119, 140, 200])('is never wider than %i columns', (width) => {
    for (const line of table(comparison(), width).split('\n')) {
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(line).toBe(line.trimEnd());
    }
  });

  it('ends with the summary', () => {
    expect(table().trimEnd().split('\n').at(-1)).toBe(
      '2 slower, 1 faster, 2 same, 1 unclear of 6 cases; geometric mean of GPU time -0.5 % (-1.3 to +0.3)',
    );
    const none = comparison({ cases: [] });
    expect(table(none).trimEnd().split('\n').at(-1)).toBe(
      'Nothing was compared: no case is on both sides, and 3 on one of them.',
    );
  });

  it('says in words what it says in colours', () => {
    const escapeCode = String.fromCharCode(27);
    const colored = table(comparison(), 120, true);
    expect(colored).toContain(`${escapeCode}[1m${escapeCode}[31mslower`);
    expect(colored).toContain(`${escapeCode}[32mfaster`);
    expect(colored).toContain(`${escapeCode}[33munclear`);
    expect(colored).toContain(`${escapeCode}[2msame`);
    expect(stripVTControlCharacters(colored)).toBe(table());
  });

  it('tells once what many cases share', () => {
    const cases = ['a', 'b', 'c', 'd', 'e'].map((id) =>
      comparedCase({
        id,
        verdict: 'unclear',
        reason: '2 runs a side',
        doubts: [{ id: 'few-runs', message: '2 and 2 runs', advice: 'measure more' }],
      }),
    );
    const text = table(comparison({ cases }));
    expect(text.match(/2 runs a side/g)).toHaveLength(1);
    expect(text).toContain('all 5 cases: 2 runs a side');
    expect(text).not.toContain('see below');
    expect(text).toContain('few-runs        all 5 cases: 2 and 2 runs\n                → measure more');
  });

  it('shows what is not known as – and with its reason', () => {
    const lost = comparedCase({
      id: 'lost',
      metrics: [],
      judgedBy: null,
      verdict: 'unclear',
      reason: 'the baseline has no run that may be reported',
      p: unavailable('no run'),
      runs: { baseline: 0, contender: 10 },
    });
    const text = table(comparison({ cases: [lost], explanation: unavailable('no case is explained') }));
    expect(text).toMatch(/^lost +– +– +– +unclear +–$/m);
    expect(text).toContain('  the baseline has no run that may be reported\n  0 and 10 runs');
    expect(text).toContain('not known: no case is explained');
  });

  it('says why a difference is not explained', () => {
    const slower = comparedCase({
      verdict: 'slower',
      reason: 'the interval lies above +1 %',
      explanation: unavailable('no device time'),
    });
    expect(table(comparison({ cases: [slower] }))).toContain(
      '  the interval lies above +1 %; why is not known: no device time',
    );
  });

  it('judges rates by their own sense', () => {
    const one = comparedCase({ judgedBy: 'bandwidth', p: available({ raw: 0.00001, holm: 0.00002 }) });
    const text = table(comparison({ cases: [one] }));
    expect(text).toContain('By bandwidth');
    expect(text).toContain('33.6 GB/s ±0.3%  33.5 GB/s ±0.3%');
    expect(text).toContain('<0.001');
  });

  it.each(HOSTILE)('is one harmless text of bounded length whatever the files say: %s', (_, hostile) => {
    for (const width of [80, 120]) {
      const text = table(hostileComparison(hostile), width);
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
      expect(text.length).toBeLessThan(60_000);
      for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(text).toContain('2 slower, 1 faster, 2 same, 2 unclear of 7 cases');
    }
  });
});
