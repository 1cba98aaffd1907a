import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { operationSubmission } from '../../src/suite/operation-submission.ts';

describe('operationSubmission()', () => {
  it('runs the operation so many times, and tells how many it was when it is put back', () => {
    const done: string[] = [];
    const told: number[] = [];
    const operation = { run: () => void done.push('run'), reset: () => void done.push('reset') };
    const submission = operationSubmission(operation, 3, (count) => told.push(count));
    submission.submit();
    submission.wait('block', 1);
    expect(told).toEqual([]);
    submission.reset();
    expect(done).toEqual(['run', 'run', 'run', 'reset']);
    expect(told).toEqual([3]);
  });

  it('calls a single operation itself, without a loop around it', () => {
    const run = (): void => undefined;
    const wait = (): void => undefined;
    expect(operationSubmission({ run, wait }, 1, () => undefined)).toMatchObject({ submit: run, wait });
  });

  it('has the timestamps of the operation, or says that there are none', () => {
    const ticks = available({ begin: 1n, end: 2n });
    const run = (): void => undefined;
    expect(operationSubmission({ run, ticks: () => ticks }, 1, () => undefined).ticks()).toBe(ticks);
    expect(operationSubmission({ run }, 1, () => undefined).ticks()).toMatchObject({ available: false });
  });
});
