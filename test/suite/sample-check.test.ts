import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { CalibratedCase } from '../../src/suite/calibrate-case.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { iterationsAfter, sampleCheck } from '../../src/suite/sample-check.ts';
import { run, world } from './simulated-world.ts';

const calibrated = { earlierIterations: 5, warmUpSubmissions: 7, iterations: 10 } as CalibratedCase;
const optionsOf = (verify: 'around' | 'every') => {
  const { session } = world();
  return { options: { ...session.options, verify } };
};

/** Counts one iteration too many in sample 4, and takes it back in the next: what is left in the end is right. */
async function countWrongOnce(verify: 'around' | 'every'): Promise<CaseRun> {
  let extra = 0;
  const { session } = world({
    execute: (_, { buffers }) => {
      const counter = new Uint32Array((buffers.counter as Uint8Array).buffer);
      counter[0] = (counter[0] as number) + 1 + extra;
      extra = 0;
    },
  });
  return run({
    ...session,
    options: { ...session.options, verify },
    breathe: async ({ phase, samples }) => {
      if (phase === 'sampling' && samples === 3) extra = 1;
      if (phase === 'sampling' && samples === 4) extra = -1;
    },
  });
}

describe('sampleCheck()', () => {
  it('looks at the output with the iterations that made it, and names the samples', () => {
    const looks: unknown[] = [];
    const between = available((...look: [number, string]) => void looks.push(look));
    const check = sampleCheck(optionsOf('every'), { between }, calibrated, { notes: [] });
    check?.(3, 3);
    check?.(33, 64);
    expect(looks).toEqual([
      [105, 'after sample 3'],
      [715, 'after one of the samples 33 to 64'],
    ]);
    expect(iterationsAfter(calibrated, 3)).toBe(105);
  });

  it('is none where none was asked for, and says why where there can be none', () => {
    const notes: string[] = [];
    const between = unavailable('an iteration changes what the next one reads');
    expect(sampleCheck(optionsOf('around'), { between }, calibrated, { notes })).toBe(null);
    expect(notes).toEqual([]);
    expect(sampleCheck(optionsOf('every'), { between }, calibrated, { notes })).toBe(null);
    expect(notes).toEqual([
      'its output was checked around the samples only: an iteration changes what the next one reads',
    ]);
  });

  it('finds what a later submission would hide', async () => {
    expect(await countWrongOnce('around')).toMatchObject({ status: 'ok', failure: null });
    const { status, failure, samples } = await countWrongOnce('every');
    expect(status).toBe('failed');
    expect(failure).toMatchObject({
      kind: 'verification',
      message: expect.stringMatching(
        /^Cannot trust this case: its output is wrong after sample 4: counter\[0\] is /,
      ),
    });
    expect(samples?.wallNs).toHaveLength(4);
  });
});
