// A real program in both ways of following it: by its recorded context switches, and by looks alone.
import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { openBench } from '../../src/program/open-bench.ts';
import type { ProgramRun } from '../../src/program/program-run.ts';
import { runProgram } from '../../src/program/run-program.ts';

const WAYS = ['by its switches', 'by looks'] as const;

async function runOnce(way: (typeof WAYS)[number], script: string): Promise<ProgramRun> {
  using bench = openBench('none');
  const rings = way === 'by looks' ? unavailable('not in this test') : bench.rings;
  return await runProgram({ ...bench, rings }, { argv: ['sh', '-c', script], input: 'null', output: 'null' });
}

function count(times: number): string {
  return `i=0; while [ $i -lt ${times} ]; do i=$((i+1)); done`;
}

describe.each(WAYS)('runProgram() follows a program %s', (way) => {
  test('and finds where its time went', async () => {
    const run = await runOnce(way, `${count(150_000)}; sleep 0.2; ${count(10)}`);
    const obtained = (value: ProgramRun['runQueueNs']): number =>
      value.available ? value.value : Number.NaN;
    expect(run.cpuNs).toBeGreaterThan(20e6);
    expect(obtained(run.stealAndBlockedNs)).toBeGreaterThan(190e6);
    expect(obtained(run.runQueueNs)).toBeLessThan(run.wallNs);
    expect(run.wallNs).toBeGreaterThan(run.cpuNs + 190e6);
    expect(run.threads).toMatchObject({
      leftRunning: 0,
      exact: way === 'by its switches' && run.threads.exact,
    });
    expect(run.exitCode).toBe(0);
  });

  test('and sees what goes on when it has ended', async () => {
    const run = await runOnce(way, 'sleep 1 & sleep 0.3');
    expect(run.threads.leftRunning).toBe(1);
    expect(run.wallNs).toBeLessThan(900e6);
  });

  test('and claims no more steal than /proc/stat counts', async () => {
    const { stealNs, correctedWallNs, wallNs } = await runOnce(way, count(200_000));
    if (!stealNs.available || !correctedWallNs.available) return;
    expect(stealNs.value.lowNs).toBeLessThanOrEqual(stealNs.value.highNs);
    expect(correctedWallNs.value.lowNs).toBeLessThanOrEqual(correctedWallNs.value.highNs);
    expect(correctedWallNs.value.highNs).toBeLessThanOrEqual(wallNs);
    expect(correctedWallNs.value.lowNs).toBeGreaterThan(0);
  });
});
