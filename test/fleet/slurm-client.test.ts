import { describe, expect, it } from 'vitest';
import { slurmClient } from '../../src/fleet/slurm-client.ts';

/** Answers of Slurm's commands, by name; what was asked is kept. */
function acted(
  answers: Readonly<Record<string, { exit?: number | string; stdout?: string; stderr?: string }>>,
) {
  const asked: string[] = [];
  const client = slurmClient(async (file, args) => {
    asked.push([file, ...args].join(' '));
    return { exit: 'ENOENT', stdout: '', stderr: '', ...(answers[file] && { exit: 0, ...answers[file] }) };
  });
  return { client, asked };
}

describe('slurmClient()', () => {
  it('submits, and gives the number of the job also where the cluster stands behind it', async () => {
    const { client, asked } = acted({ sbatch: { stdout: '42;cluster\n' } });
    expect(await client.submit(['--array=1', '/f/job.sbatch'])).toBe('42');
    expect(asked).toEqual(['sbatch --parsable --array=1 /f/job.sbatch']);
  });

  it('says what sbatch says where it refuses, and that there is none', async () => {
    const stderr =
      'sbatch: error: invalid partition specified: gpu\nsbatch: error: Batch job submission failed: Invalid partition name specified\n';
    await expect(acted({ sbatch: { exit: 1, stderr } }).client.submit([])).rejects.toThrow(
      'Cannot submit the fleet: sbatch says: error: invalid partition specified: gpu; error: Batch job submission failed: Invalid partition name specified',
    );
    await expect(acted({}).client.submit([])).rejects.toThrow('there is no sbatch on this machine');
  });

  it('tells a queue that has forgotten a job from one that does not answer', async () => {
    const forgotten = { exit: 1, stderr: 'slurm_load_jobs error: Invalid job id specified\n' };
    expect(await acted({ squeue: forgotten }).client.queue(['1'])).toEqual({ available: true, value: [] });
    const down = { exit: 1, stderr: 'slurm_load_jobs error: Unable to contact slurm controller\n' };
    expect(await acted({ squeue: down }).client.queue(['1', '2'])).toEqual({
      available: false,
      reason: 'squeue says: slurm_load_jobs error: Unable to contact slurm controller',
    });
  });

  it('does without accounting and without sinfo', async () => {
    const { client } = acted({ sacct: { exit: 1, stderr: 'Slurm accounting storage is disabled\n' } });
    expect(await client.accounting(['1'])).toEqual([]);
    expect(await client.unavailableNodes()).toEqual([]);
  });

  it('asks Slurm for the nodes of a list, or of a partition', async () => {
    const list = acted({ scontrol: { stdout: 'n1\nn2\n' } });
    expect(await list.client.nodeNames('n[1-2]', null)).toEqual(['n1', 'n2']);
    expect(list.asked).toEqual(['scontrol show hostnames n[1-2]']);
    const all = acted({ sinfo: { stdout: 'n1\nn1\nn3\n' } });
    expect(await all.client.nodeNames('all', 'gpu')).toEqual(['n1', 'n3']);
    expect(all.asked).toEqual(['sinfo --noheader -N --format=%N --partition=gpu']);
    await expect(acted({ sinfo: {} }).client.nodeNames('all', null)).rejects.toThrow('Cannot find the nodes');
  });
});
