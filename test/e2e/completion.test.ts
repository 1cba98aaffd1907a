// A process on the waiter's vCPU: the thread waits for its CPU within the guest, and nothing of that is called stolen.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import type { CaseResult, Report } from '../../src/report/report.ts';
import { allowedCpus } from '../../src/timing/thread-cpus.ts';
import { guestmark, temporaryFolder } from './guestmark.ts';

const cpus = allowedCpus(systemFiles());
const CASES = ['completion-fence-poll[pin=2,load=0]', 'completion-fence-poll[pin=2,load=2]'];
/** Where others contend for the CPU as well, the difference can be lost in one measurement. */
const ATTEMPTS = 4;

/** Shares of the time between the snapshots of a case. */
interface Shares {
  readonly runQueue: number;
  readonly stolen: number;
}

function sharesOf({ runs }: CaseResult): Shares {
  const { samples } = runs[0] as CaseResult['runs'][number];
  if (samples === null) throw new Error('it has no samples');
  const sum = (values: readonly (number | null)[]): number =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const wallNs = sum(samples.ledgerWallNs);
  return { runQueue: sum(samples.runQueueNs) / wallNs, stolen: sum(samples.stealLowNs) / wallNs };
}

async function measured(): Promise<readonly [alone: Shares, contended: Shares]> {
  using folder = temporaryFolder();
  const path = join(folder.path, 'report.json');
  const limits = ['--runs', '1', '--min-time', '0.3s', '--max-time', '0.4s', '--device', 'llvmpipe'];
  const { code, stderr } = await guestmark(['run', ...CASES, ...limits, '--out', path]);
  if (code !== 0) throw new Error(stderr);
  const { results } = JSON.parse(readFileSync(path, 'utf8')) as Report;
  return [sharesOf(results[0] as CaseResult), sharesOf(results[1] as CaseResult)];
}

it.skipIf(!cpus.available || cpus.value.length < 2)(
  'a process on the waiter’s vCPU shows in the run queue and not in the steal',
  async () => {
    const attempts: unknown[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const [alone, contended] = await measured();
      attempts.push({ alone, contended });
      const risen = contended.runQueue - alone.runQueue;
      if (risen > 0.05 && contended.runQueue > 0.3 && contended.stolen - alone.stolen < risen / 4) return;
    }
    expect.fail(`the run-queue wait did not rise alone: ${JSON.stringify(attempts)}`);
  },
);
