import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { timeEvidence } from '../../src/evidence/time-evidence.ts';
import { sampleRun } from '../program/sample-run.ts';
import { sampleTimeReport } from '../report/sample-time-report.ts';

describe('timeEvidence()', () => {
  it('has every execution as a run with one sample', () => {
    const runs = [sampleRun(), sampleRun({ wallNs: 5e9 })];
    const { facts, cases } = timeEvidence(sampleTimeReport({ runs, wantedRuns: 2 }), 'a.json', 4);
    expect(facts).toMatchObject({ producer: 'guestmark time', tier: available('A'), cpuCount: null });
    expect(facts.settings).toEqual({ pin: 'none', cpus: '0,1', warmup: '0' });
    expect(cases).toHaveLength(1);
    expect(cases[0]).toMatchObject({ id: 'sleep 1', kind: 'latency', axes: {}, problems: [], bytes: null });
    expect(cases[0]?.runs.map(({ report, run, wallMeanNs }) => [report, run, wallMeanNs])).toEqual([
      [4, 1, 4.018e9],
      [4, 2, 5e9],
    ]);
    expect(cases[0]?.runs[0]?.times).toEqual({
      wallTime: Float64Array.of(4.018e9),
      cpuTime: Float64Array.of(2.03e9),
    });
  });

  it('has the corrected wall time as bounds, and the stolen share by it', () => {
    const [run] = timeEvidence(sampleTimeReport(), 'a.json').cases[0]?.runs ?? [];
    expect(run?.correctedWall).toEqual(
      available({ lowNs: Float64Array.of(1.958e9), highNs: Float64Array.of(2.038e9) }),
    );
    if (run?.stealShare.available !== true) throw new Error('steal is known');
    expect(run.stealShare.value.low).toBeCloseTo(1.98 / 4.018, 9);
    expect(run.stealShare.value.high).toBeCloseTo(2.06 / 4.018, 9);
    expect(run.parts.reduce((sum, { ns }) => sum + ns, 0)).toBeCloseTo(run.wallMeanNs, 0);
  });

  it('says why there is none', () => {
    const runs = [sampleRun({ correctedWallNs: unavailable('threads ended unseen') })];
    const [run] = timeEvidence(sampleTimeReport({ runs }), 'a.json').cases[0]?.runs ?? [];
    const none = unavailable('threads ended unseen');
    expect([run?.correctedWall, run?.stealShare, run?.parts]).toEqual([none, none, []]);
  });

  it('leaves out executions that failed, and says how they did', () => {
    const runs = [
      sampleRun(),
      sampleRun({ exitCode: 3 }),
      sampleRun({ exitCode: null, signal: 'SIGTERM' }),
      sampleRun({ exitCode: 3 }),
    ];
    const [program] = timeEvidence(sampleTimeReport({ runs, wantedRuns: 5 }), 'a.json').cases;
    expect(program?.runs.map(({ run }) => run)).toEqual([1]);
    expect(program?.problems).toEqual([
      '1 of 5 executions were not made',
      '2 of 4 executions are left out: exit code 3',
      '1 of 4 executions are left out: ended by SIGTERM',
    ]);
  });

  it('calls the case as the command could be typed', () => {
    const idOf = (command: readonly string[]): string | undefined =>
      timeEvidence(sampleTimeReport({ command }), 'a.json').cases[0]?.id;
    expect(idOf(['sh', '-c', "echo 'a b'", ''])).toBe("sh -c 'echo '\\''a b'\\''' ''");
  });
});
