// Several processes on one real device at once, through the command line: a measurement, a death in the middle, an interruption.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isVerified } from '../../src/tenants/kill-figures.ts';
import { tenantsSchema } from '../../src/tenants/tenants-schema.ts';
import { childOf, guestmark, start, temporaryFolder, until } from './guestmark.ts';

const SHORT = ['--device', 'llvmpipe', '--rounds', '1', '--time', '100ms'];

describe('guestmark tenants', () => {
  it('measures each kind of work alone and all together, and saves what it prints the figures of', async () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'tenants.json');
    const args = ['tenants', 'copy[n=64Ki]', 'empty-submit', ...SHORT, '--out', out];
    const { code, stdout, stderr } = await guestmark(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^fairness [01]\.\d+ \(.*\), total \d+\.\d+ .*\nTenants report: .*tenants\.json\n$/,
    );
    const report = tenantsSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(report).toMatchObject({ status: 'complete', device: { value: { software: true } } });
    expect(report.phases.map(({ tenants }) => tenants.length)).toEqual([1, 1, 2]);
    expect(report.phases.flatMap(({ tenants }) => tenants).every(isVerified)).toBe(true);
    for (const { window, tenants } of report.phases) {
      if (!window.available) throw new Error(window.reason);
      // All were let go before anyone sampled, and nobody waited for long after that.
      const starts = tenants.flatMap(({ samples }) => samples?.startNs[0] ?? []);
      expect(Math.min(...starts)).toBeGreaterThan(0);
      expect(window.value.endNs).toBeGreaterThan(window.value.startNs);
    }
  });

  it('kills one in the middle: the other is whole, another process is served, and nothing failed', async () => {
    const { code, stdout, stderr } = await guestmark([
      'tenants',
      'copy[n=64Ki]',
      '--kill',
      ...SHORT,
      '--json',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { phases, figures } = tenantsSchema.parse(JSON.parse(stdout));
    const { kill, tenants } = phases.at(-1) ?? {};
    expect(tenants?.map(({ status }) => status)).toEqual(['ok', 'failed']);
    expect(tenants?.[0] !== undefined && isVerified(tenants[0])).toBe(true);
    expect(kill?.newcomer).toMatchObject({ status: 'ok' });
    expect(figures[0]?.survivors).toMatchObject([{ verifiedRuns: 1, rateAfter: { available: true } }]);
  });

  it('keeps what was measured when it is interrupted while tenants sample', async () => {
    const args = ['tenants', 'copy[n=64Ki]', '--device', 'llvmpipe', '--time', '60s', '--json'];
    const { child, finished } = start(args);
    await until(() => childOf(child.pid) !== null);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    // Nobody is to blame for not being ready.
    expect(stdout).not.toContain('not ready within');
    expect(tenantsSchema.parse(JSON.parse(stdout))).toMatchObject({
      status: 'partial',
      phases: [{ round: 1 }],
    });
  });

  it.each([
    [['-n', '1'], 'whole number from 2'],
    [['-n', '65'], 'more than 64'],
    [['copy', 'fma-f32', 'triad'], 'Cannot give 3 cases to 2 tenants'],
    [['--matrix', '--kill'], 'cannot be used with'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr, stdout } = await guestmark(['tenants', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
