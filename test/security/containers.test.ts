// The recipes of containers: both say the same, copy only what is there, and leave nothing running as root.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kubernetesObjects } from '../../src/fleet/kubernetes-job.ts';
import { planOf } from '../fleet/plan-fixture.ts';
import { ROOT } from '../structure/project-files.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
/** A line that goes on with a backslash is one. */
const joined = (text: string): string => text.replace(/\\\n\s*/g, '');
const DOCKERFILE = joined(read('Dockerfile'));
const APPTAINER = joined(read('containers/guestmark.def'));
const IGNORED = read('.dockerignore');

const instructions = (name: string): readonly string[] =>
  [...DOCKERFILE.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].map(([, rest = '']) => rest);

/** `COPY a b c/` without those from another stage: a and b. */
const COPIED = instructions('COPY')
  .filter((rest) => !rest.startsWith('--from'))
  .flatMap((rest) => rest.split(' ').slice(0, -1));

/** Lines of `%files` without those from another stage: what is copied. */
const TAKEN = [...APPTAINER.matchAll(/^%files\n((?: {4}.*\n)+)/gm)].flatMap(([, lines = '']) =>
  lines
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' ')[0] ?? ''),
);

const packagesOf = (text: string): readonly string[] =>
  [...text.matchAll(/apt-get install --yes --no-install-recommends ([\w .-]+)/g)].flatMap(([, names = '']) =>
    names.trim().split(' '),
  );

describe('Dockerfile and containers/guestmark.def', () => {
  it('copy the same, and all of it is there and not ignored', () => {
    expect([...new Set(TAKEN)].sort()).toEqual([...new Set(COPIED)].sort());
    expect(COPIED.length).toBeGreaterThan(8);
    for (const path of COPIED) {
      expect({ path, there: existsSync(join(ROOT, path)) }).toEqual({ path, there: true });
      expect(IGNORED.split('\n')).toContain(`!${path}`);
    }
  });

  it('install the same: the loader, and no driver of a vendor', () => {
    expect(packagesOf(APPTAINER)).toEqual(packagesOf(DOCKERFILE));
    expect(packagesOf(DOCKERFILE)).toEqual(['libvulkan1', 'libx11-6', 'libxext6', 'mesa-vulkan-drivers']);
    expect(`${DOCKERFILE}${APPTAINER}`.toLowerCase()).not.toMatch(/install[^\n]*(nvidia|amdgpu|rocm|cuda)/);
  });

  it('begin with the same image of Debian slim', () => {
    const [, base] = /^ARG BASE=(.*)$/m.exec(DOCKERFILE) ?? [];
    expect(base).toMatch(/^node:\d+-bookworm-slim$/);
    expect([...APPTAINER.matchAll(/^From: (.*)$/gm)].map(([, from]) => from)).toEqual([base, base]);
  });

  it('end as a user without rights, the one of the pods', () => {
    const users = instructions('USER');
    expect(users).toEqual(['10001:10001']);
    expect(DOCKERFILE.indexOf('USER ')).toBeLessThan(DOCKERFILE.indexOf('ENTRYPOINT'));
    expect(instructions('RUN').some((rest) => rest.includes('useradd --uid 10001'))).toBe(true);
    const job = JSON.stringify(
      kubernetesObjects(planOf(), {
        ...{ image: 'x', namespace: null, gpus: 1, gpuResource: 'g', cpus: '1', memory: '1Gi', retries: 0 },
        ...{ results: { claim: 'c' }, nodeSelector: {}, runtimeClass: null },
      }),
    );
    expect(job).toContain('"runAsUser":10001');
  });

  it('are entered by guestmark, and are not asked for their health', () => {
    expect(instructions('ENTRYPOINT')).toEqual(['["guestmark"]']);
    expect(instructions('HEALTHCHECK')).toEqual(['NONE']);
    expect(APPTAINER).toContain('exec guestmark "$@"');
  });
});
