// Whether a batch system or a cluster started this process: they place, limit and move what is measured.

import { claimed, type Finding, likely } from './finding.ts';
import type { Machine } from './machine.ts';
import { plainText } from './plain-text.ts';
import type { ContainerClaim } from './system-info.ts';

/** `Slurm job 42`, `Kubernetes pod`, `none`. Variables are inherited: only control groups confirm them. */
export function findScheduler(machine: Machine, claims: readonly ContainerClaim[]): Finding<string> {
  const job = plainText(machine.variables.SLURM_JOB_ID ?? '');
  if (job !== '') return slurm(machine, job);
  const pod = claims.find(({ container, verdict }) => container === 'kubernetes' && verdict !== 'refuted');
  if (pod === undefined) return likely('none', 'no sign of Slurm or Kubernetes');
  const find = pod.verdict === 'proved' ? likely : claimed;
  return find('Kubernetes pod', `${pod.source}: ${pod.found}`);
}

/** slurmd puts a job's processes into a group `job_<id>`. */
function slurm({ files }: Machine, job: string): Finding<string> {
  const groups = files.read('/proc/self/cgroup');
  const isMember = groups.available && groups.value.includes(`/job_${job}/`);
  return isMember
    ? likely(`Slurm job ${job}`, `$SLURM_JOB_ID, and the group job_${job} in /proc/self/cgroup`)
    : claimed(`Slurm job ${job}`, '$SLURM_JOB_ID');
}
