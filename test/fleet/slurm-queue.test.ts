import { describe, expect, it } from 'vitest';
import {
  hasEnded,
  isStuck,
  parseAccounting,
  parseJobs,
  parseNodes,
  parseQueue,
  type QueuedTask,
} from '../../src/fleet/slurm-queue.ts';

/** As Slurm 22.05 prints it. */
const QUEUE = `6|1|PENDING||ReqNodeNotAvail, UnavailableNodes:n2
7|0|RUNNING|n1|None
9|N/A|CANCELLED||None
8|1|FAILED|n2|RaisedSignal:9(Killed)
`;

const task = (state: string, reason: string | null = null): QueuedTask => ({
  job: '1_0',
  index: 0,
  state,
  reason,
  nodes: null,
});

describe('parseQueue()', () => {
  it('reads states, nodes and reasons, with commas in them', () => {
    expect(parseQueue(QUEUE)).toEqual([
      {
        job: '6_1',
        index: 1,
        state: 'PENDING',
        reason: 'ReqNodeNotAvail, UnavailableNodes:n2',
        nodes: null,
      },
      { job: '7_0', index: 0, state: 'RUNNING', reason: null, nodes: 'n1' },
      { job: '8_1', index: 1, state: 'FAILED', reason: 'RaisedSignal:9(Killed)', nodes: 'n2' },
    ]);
  });

  it('reads nothing of other text', () => {
    expect(parseQueue('\nslurm_load_jobs error\n')).toEqual([]);
  });
});

describe('hasEnded()', () => {
  it.each(['COMPLETED', 'FAILED', 'TIMEOUT', 'NODE_FAIL', 'PREEMPTED'])('is true of %s', (state) => {
    expect(hasEnded(task(state))).toBe(true);
  });

  it.each(['PENDING', 'RUNNING', 'COMPLETING', 'REQUEUED', 'SUSPENDED', 'CONFIGURING'])(
    'is false of %s',
    (state) => {
      expect(hasEnded(task(state))).toBe(false);
    },
  );
});

describe('isStuck()', () => {
  it.each([
    'ReqNodeNotAvail, UnavailableNodes:n2',
    'Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions',
    'PartitionDown',
    'JobHeldUser',
    'JobHeldAdmin',
    'launch failed requeued held',
    'BadConstraints',
    'DependencyNeverSatisfied',
  ])('is true of what waits for %s', (reason) => {
    expect(isStuck(task('PENDING', reason))).toBe(true);
  });

  it.each(['Resources', 'Priority', 'BeginTime', 'JobArrayTaskLimit', 'QOSMaxJobsPerUserLimit', null])(
    'is false of what waits for %s',
    (reason) => {
      expect(isStuck(task('PENDING', reason))).toBe(false);
    },
  );

  it('is false of what runs, and true of what is held after a failure', () => {
    expect(isStuck(task('RUNNING', 'ReqNodeNotAvail'))).toBe(false);
    expect(isStuck(task('REQUEUE_HOLD'))).toBe(true);
  });
});

describe('parseNodes()', () => {
  it('finds nodes that take no jobs, with what the operator said', () => {
    const text =
      'n1|idle|none\nn2|drained|broken | fan\nn2|drained|broken | fan\nn3|down*|none\nn4|mixed|none\n';
    expect(parseNodes(text)).toEqual([
      { node: 'n2', state: 'drained', reason: 'broken | fan' },
      { node: 'n3', state: 'down*', reason: null },
    ]);
  });
});

describe('parseAccounting()', () => {
  it('reads tasks of arrays, and who cancelled is no part of the state', () => {
    expect(parseAccounting('12_3|CANCELLED by 1000|n1\n12_4.batch|FAILED|n1\n13|FAILED|n1\n')).toEqual([
      { job: '12_3', index: 3, state: 'CANCELLED', reason: null, nodes: 'n1' },
    ]);
  });
});

describe('parseJobs()', () => {
  it('reads numbers with and without a cluster', () => {
    expect(parseJobs('12\n13;cluster2\nsbatch: error\n')).toEqual(['12', '13']);
  });
});
