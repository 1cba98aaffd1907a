import { describe, expect, it } from 'vitest';
import { taskIdentity } from '../../src/fleet/task-identity.ts';

describe('taskIdentity()', () => {
  it('takes index, node, job and GPUs from Slurm', () => {
    const env = {
      SLURM_ARRAY_JOB_ID: '12',
      SLURM_ARRAY_TASK_ID: '7',
      SLURM_JOB_ID: '19',
      SLURM_RESTART_COUNT: '2',
      SLURMD_NODENAME: 'n7',
      SLURM_JOB_GPUS: '0,1',
    };
    expect(taskIdentity(env, null)).toEqual({ index: 7, restarts: 2, node: 'n7', job: '12_7', gpus: '0,1' });
  });

  it('takes them from Kubernetes', () => {
    const env = { JOB_COMPLETION_INDEX: '3', NODE_NAME: 'worker-1', POD_NAME: 'guestmark-f1-3-x' };
    expect(taskIdentity(env, null)).toMatchObject({ index: 3, node: 'worker-1', job: 'guestmark-f1-3-x' });
  });

  it('counts from 0 where GNU parallel counts from 1', () => {
    expect(taskIdentity({ PARALLEL_SEQ: '1' }, null)).toMatchObject({ index: 0, node: null, job: null });
  });

  it('prefers what is given', () => {
    expect(taskIdentity({ SLURM_ARRAY_TASK_ID: '7' }, 2).index).toBe(2);
  });

  it.each([
    [{}, 'nothing says which one'],
    [{ SLURM_ARRAY_TASK_ID: '-1' }, 'SLURM_ARRAY_TASK_ID is "-1" and no index'],
    [{ PARALLEL_SEQ: '0' }, 'PARALLEL_SEQ is "0" and no index'],
  ])('refuses %j', (env, message) => {
    expect(() => taskIdentity(env, null)).toThrow(message);
  });
});
