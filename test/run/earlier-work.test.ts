import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { earlierWork, hungBefore, isMissing, missingCount } from '../../src/run/earlier-work.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { caseRun } from '../report/sample-report.ts';

const failure = { kind: 'timeout', message: 'Cannot', hint: null } as const;
const hung = (run: number): CaseRun => caseRun({ run, status: 'failed', failure, stopReason: null });

describe('earlierWork()', () => {
  it('lacks what was not measured and what was cut off, and keeps failures', () => {
    const crash = { ...failure, kind: 'crash' } as const;
    const work = earlierWork([
      { id: 'a', runs: [caseRun({ run: 1 }), caseRun({ run: 2, stopReason: 'interrupted' })] },
      { id: 'b', runs: [caseRun({ run: 1, status: 'failed', failure: crash, stopReason: null })] },
      { id: 'c', runs: [] },
    ]);
    const missing = ['a', 'b', 'c'].map((id) => [1, 2].map((run) => isMissing(work, id, run)));
    expect(missing).toEqual([
      [false, true],
      [false, true],
      [true, true],
    ]);
    expect(missingCount(work, ['a', 'b', 'c'], 2)).toBe(4);
    expect(missingCount(earlierWork([]), ['a', 'b'], 3)).toBe(6);
  });

  it('keeps a wrong output that was found behind samples that were cut off', () => {
    const wrong = { ...failure, kind: 'verification' } as const;
    const cutOff = { run: 1, status: 'failed', stopReason: 'interrupted' } as const;
    const work = earlierWork([
      { id: 'a', runs: [caseRun({ ...cutOff, failure: wrong })] },
      { id: 'b', runs: [caseRun({ ...cutOff, failure })] },
    ]);
    expect(['a', 'b'].map((id) => isMissing(work, id, 1))).toEqual([false, true]);
  });

  it('lacks what nobody tried because the device did not open', () => {
    const gone = { ...failure, kind: 'device' } as const;
    const work = earlierWork([{ id: 'a', runs: [caseRun({ run: 1, status: 'failed', failure: gone })] }]);
    expect(isMissing(work, 'a', 1)).toBe(true);
  });

  it('knows what hung, and gives it up from the run behind it on', () => {
    const work = earlierWork([{ id: 'a', runs: [caseRun({ run: 1 }), hung(2), hung(3)] }]);
    expect([1, 2, 3, 4].map((run) => hungBefore(work, 'a', run))).toEqual([null, null, 2, 2]);
    expect(hungBefore(work, 'other', 4)).toBeNull();
  });

  it('knows the output of the first run that went well', () => {
    const sha = (run: number, hash: string, changes: Partial<CaseRun> = {}): CaseRun =>
      caseRun({ run, outputSha256: available(hash), verifiedBefore: run * 10, ...changes });
    const failed = sha(1, 'wrong', { status: 'failed', failure: { ...failure, kind: 'verification' } });
    const { outputs } = earlierWork([{ id: 'a', runs: [failed, sha(2, 'right'), sha(3, 'right')] }]);
    expect([...outputs]).toEqual([['a', { run: 2, sha256: 'right', checked: 20 }]]);
  });
});
