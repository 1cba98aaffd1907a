import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SlurmRequest, slurmScript, submissions, submitScript } from '../../src/fleet/slurm-script.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { planOf } from './plan-fixture.ts';

const REQUEST: SlurmRequest = {
  partition: null,
  time: null,
  account: null,
  gres: null,
  exclusive: true,
  options: [],
  container: null,
  program: ['/opt/node', '/opt/guestmark/dist/cli.js'],
};

/** Characters that would end a word, begin a command or be replaced, in a shell or in a line of options. */
const EVIL = `it's $(touch pwned) \`touch pwned\` & ; | > # * %a ${'$'}HOME`;

describe('slurmScript()', () => {
  it('is an array whose tasks become guestmark, for Slurm to signal', () => {
    expect(slurmScript(planOf(), REQUEST, '/shared/f1', '/shared')).toBe(`#!/bin/bash
#SBATCH --job-name=guestmark-f1
#SBATCH --array=0-3
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --exclusive
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@60
#SBATCH --chdir=/shared
#SBATCH --output=/shared/f1/logs/task-%5a.log

exec /opt/node /opt/guestmark/dist/cli.js fleet task /shared/f1
`);
  });

  it('tells Slurm what was asked for', () => {
    const asked = { partition: 'gpu', time: '2:00:00', account: 'lab', gres: 'gpu:a100:1', exclusive: false };
    const text = slurmScript(planOf(), { ...REQUEST, ...asked, options: ['--qos=low'] }, '/f', '/');
    for (const line of [
      '--partition=gpu',
      '--time=2:00:00',
      '--account=lab',
      '--gres=gpu:a100:1',
      '--qos=low',
    ])
      expect(text.split('\n')).toContain(`#SBATCH ${line}`);
    expect(text).not.toContain('--exclusive');
  });

  it('starts an image with the folder and the file by which Vulkan finds the driver', () => {
    const text = slurmScript(
      planOf(),
      { ...REQUEST, container: '/i m.sif', program: ['guestmark'] },
      '/f',
      '/',
    );
    expect(text).toContain(`exec apptainer exec --nv --bind /f "$@" '/i m.sif' guestmark fleet task /f\n`);
    expect(text).toContain('/etc/vulkan/icd.d/nvidia_icd*.json');
  });

  it('hands any folder on as one word, and runs nothing that stands in its name', () => {
    using folder = temporaryFolder();
    const program = join(folder.path, "pro'gram $(x)");
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@"\n`);
    chmodSync(program, 0o755);
    const evil = `/nowhere/${EVIL}`;
    const text = slurmScript(planOf(), { ...REQUEST, program: [program] }, evil, '/');
    const said = execFileSync('bash', ['-c', text], { cwd: folder.path, encoding: 'utf8' });
    expect(said).toBe(`fleet\ntask\n${evil}\n`);
    expect(execFileSync('ls', { cwd: folder.path, encoding: 'utf8' })).toBe("pro'gram $(x)\n");
    expect(text).toContain(`#SBATCH --output="/nowhere/${EVIL.replace('%', '%%')}/logs"/task-%5a.log`);
  });

  it.each([
    ['partition', 'gpu\n#SBATCH --uid=0'],
    ['account', 'a"b'],
    ['time', '1\\0'],
  ])('refuses a %s that would end its line', (name, value) => {
    expect(() => slurmScript(planOf(), { ...REQUEST, [name]: value }, '/f', '/')).toThrow(
      'Cannot tell Slurm',
    );
  });

  it.each(['qos=low', 'touch pwned', '--a\n--b'])('refuses %j as an option of sbatch', (text) => {
    expect(() => slurmScript(planOf(), { ...REQUEST, options: [text] }, '/f', '/')).toThrow(
      'Cannot tell Slurm',
    );
  });
});

describe('submissions()', () => {
  it('is one array, or one task for each named node', () => {
    expect(submissions(planOf(), '/f/job')).toEqual([['/f/job']]);
    expect(submissions(planOf({ nodes: ['a', 'b'], tasks: 2 }), '/f/job')).toEqual([
      ['--array=0', '--nodelist=a', '/f/job'],
      ['--array=1', '--nodelist=b', '/f/job'],
    ]);
    expect(slurmScript(planOf({ nodes: ['a', 'b'] }), REQUEST, '/f', '/')).not.toContain('--array');
  });
});

describe('submitScript()', () => {
  it('keeps the numbers of the jobs', () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'sbatch'), '#!/bin/sh\necho "$3" | tr -dc 0-9\necho\n', { mode: 0o755 });
    const jobs = join(folder.path, "it's jobs");
    const text = submitScript(planOf({ nodes: ['n11', 'n12'] }), '/f/job', jobs);
    const PATH = `${folder.path}:${process.env.PATH}`;
    execFileSync('sh', ['-c', text], { env: { ...process.env, PATH } });
    expect(execFileSync('cat', [jobs], { encoding: 'utf8' })).toBe('11\n12\n');
  });
});
