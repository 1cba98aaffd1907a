// A process that no signal reaches, as one that hangs in the kernel's driver of a GPU: frozen by a control group, which keeps also
// SIGKILL from it. Nobody waits for it for ever.
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCases } from '../../src/isolation/run-cases.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { until } from '../e2e/guestmark.ts';
import { isolatedRequest } from '../fixtures/isolated-request.ts';
import { watchLeftovers } from './leftovers.ts';

const FREEZER = `/sys/fs/cgroup/freezer/guestmark-test-${process.pid}`;

/** Version 2 lets SIGKILL through. */
function canFreeze(): boolean {
  try {
    mkdirSync(FREEZER);
    rmdirSync(FREEZER);
    return true;
  } catch (error) {
    console.warn(`test/faults/unended: skipping, because no freezer of cgroup v1 can be used: ${error}`);
    return false;
  }
}

it.skipIf(!canFreeze())(
  'a process that cannot be ended is given up, and the rest is measured',
  async () => {
    await using _ = watchLeftovers();
    mkdirSync(FREEZER);
    const results = new Map<string, CaseRun>();
    const state = (text: string): void => writeFileSync(join(FREEZER, 'freezer.state'), text);
    let pid = 0;
    await runCases(
      isolatedRequest(['slow', 'good'], { timeoutNs: 1e9 }),
      {
        onSession: () => undefined,
        onCaseStart: (id) => {
          if (id !== 'slow') return;
          writeFileSync(join(FREEZER, 'cgroup.procs'), String(pid));
          state('FROZEN');
        },
        onProgress: () => undefined,
        onCaseRun: (id, caseRun) => void results.set(id, caseRun),
        onTrouble: () => undefined,
        onValidation: () => undefined,
        onProcess: () => undefined,
      },
      {
        environment: {},
        signal: new AbortController().signal,
        endLimitNs: 0.5e9,
        onChild: (child) => (pid ||= child.pid),
      },
    );
    state('THAWED');
    await until(() => isGone(FREEZER));
    expect(results.get('slow')?.failure?.message).toMatch(
      / within 7 s and could not be ended: it hangs in the kernel/,
    );
    expect(results.get('good')).toMatchObject({ status: 'ok' });
  },
  60_000,
);

/** Once the last process has left it. */
function isGone(group: string): boolean {
  try {
    rmdirSync(group);
    return true;
  } catch {
    return false;
  }
}
