// `guestmark system`, `guestmark counters` and what a report has of both, as a user runs them. Hypervisors differ from one
// test machine to the next: what is told must be consistent, whatever it is.
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { CountersReport } from '../../src/report/counters-report.ts';
import { parseReport } from '../../src/report/parse-report.ts';
import { machineSchema } from '../../src/report/schema-machine.ts';
import type { SystemReport } from '../../src/report/system-report.ts';
import type { HypervisorId } from '../../src/virt/evidence.ts';
import type { SystemInfo } from '../../src/virt/system-info.ts';
import { type Finished, guestmark, temporaryFolder } from './guestmark.ts';

const ESCAPE = String.fromCharCode(27);
const BRIEF = ['--no-devices', '--no-exit-cost'];
const CLI = join(process.cwd(), 'dist/cli.js');
const NOBODY = 65_534;

/** One line, and it reads "guestmark: Cannot …". */
function expectUsageError({ code, stdout, stderr }: Finished, text: string): void {
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^guestmark: Cannot [a-z][^\n]*\n$/);
  expect(stderr).toContain(text);
}

/** What of a hypervisor's name in CPUID is not open: monitors may answer as another hypervisor does. */
const HYPERVISORS: Readonly<Record<string, readonly HypervisorId[]>> = {
  none: ['none', 'xen', 'uml', 'gvisor', 'other'],
  KVMKVMKVM: ['kvm', 'virtualbox', 'parallels', 'gvisor'],
  VMwareVMware: ['vmware', 'kvm', 'gvisor'],
  'Microsoft Hv': ['hyper-v', 'kvm', 'virtualbox', 'xen', 'gvisor'],
  XenVMMXenVMM: ['xen', 'gvisor'],
};

function expectConsistent({ virtualization, container }: SystemInfo): void {
  const { virtual, hypervisor, vendorString } = virtualization;
  if (vendorString.available && hypervisor.available) {
    const possible = HYPERVISORS[vendorString.value];
    if (possible !== undefined) expect(possible).toContain(hypervisor.value.id);
  }
  if (virtual.available && hypervisor.available) expect(virtual.value).toBe(hypervisor.value.id !== 'none');
  const spaces = container.namespaces.available ? container.namespaces.value : [];
  const isFirst = (name: string): boolean => spaces.some((one) => one.name === name && one.initial === true);
  if (!['pid', 'uts', 'ipc', 'user', 'cgroup'].every(isFirst)) return;
  for (const { container: id, verdict } of container.claims)
    if (id === 'docker') expect(verdict).toBe('refuted');
}

/** What no rights are needed for. */
function identityOf({
  virtualization,
  container: { container },
}: SystemInfo): Readonly<Record<string, unknown>> {
  const { hypervisor, vendorString } = virtualization;
  return {
    hypervisor: hypervisor.available ? hypervisor.value.id : null,
    vendorString,
    container: container.available ? container.value.id : null,
  };
}

/** Whether any user may run a program that lies there. */
function isOpenToAll(file: string): boolean {
  const folder = dirname(file);
  return (statSync(file).mode & 1) === 1 && (folder === file || isOpenToAll(folder));
}

const canBeNobody = process.getuid?.() === 0 && isOpenToAll(process.execPath) && isOpenToAll(dirname(CLI));
if (!canBeNobody)
  console.warn('A user without rights is not tested: only root may become one, where all may read');

describe('guestmark system', () => {
  it('prints JSON as its schema says, consistent, and the same for a user without rights', async () => {
    const args = [CLI, 'system', '--json', ...BRIEF];
    const users = [{}, ...(canBeNobody ? [{ uid: NOBODY, gid: NOBODY, cwd: '/' }] : [])];
    const reports = await Promise.all(
      users.map(async (user) => {
        const { stdout, stderr } = await promisify(execFile)(process.execPath, args, user);
        expect(stderr).toBe('');
        return JSON.parse(stdout) as SystemReport;
      }),
    );
    for (const { system, devices, sysroot } of reports) {
      expect(machineSchema.parse(system)).toEqual(system);
      expect([devices, sysroot]).toEqual([{ available: false, reason: 'not asked for' }, null]);
      expectConsistent(system);
    }
    const [mine, ...theirs] = reports.map(({ system }) => identityOf(system));
    for (const identity of theirs) expect(identity).toEqual(mine);
  });

  it('records the machine, and describes the recording in the same words', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'new', 'machine');
    const live = await guestmark(['system', '--dump', path]);
    const [recorded, again] = await Promise.all([
      guestmark(['system', '--sysroot', path]),
      guestmark(['system', ...BRIEF, '--dump', path]),
    ]);
    for (const { code, stderr } of [live, recorded])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // What is measured, and what goes on while somebody reads it.
    const lasting = ({ stdout }: Finished): readonly string[] =>
      stdout.split('\n').filter((line) => !/^ {2}(exit cost|frequency now|throttled( periods)?) /.test(line));
    expect(lasting(recorded)).toEqual(lasting(live));
    expect(live.stdout).toMatch(/^ {2}Vulkan device 0 +\S/m);
    expect(recorded.stdout).toMatch(/^ {2}exit cost +– a recorded machine/m);
    expect(live.stdout + recorded.stdout).not.toContain(ESCAPE);
    expectUsageError(again, 'the folder is not empty');
  });

  it('says in one line what is wrong with a folder', async () => {
    using folder = temporaryFolder();
    const inside = (...names: readonly string[]): string => join(folder.path, ...names);
    mkdirSync(inside('bad'));
    writeFileSync(inside('bad/machine.json'), `{"summary": "${ESCAPE}[2J`);
    writeFileSync(inside('file'), '');
    const wrong: readonly (readonly [args: readonly string[], text: string])[] = [
      [
        ['--sysroot', inside('none')],
        'there is no such folder; record one with `guestmark system --dump DIR`',
      ],
      [['--sysroot', inside('file')], 'it is no folder'],
      [['--sysroot', inside('bad')], 'bad/machine.json: it is not a JSON object'],
      [['--sysroot', inside('bad'), '--dump', inside('copy')], 'copy its folder, or leave out --sysroot'],
    ];
    await Promise.all(
      wrong.map(async ([args, text]) => expectUsageError(await guestmark(['system', ...args]), text)),
    );
    expect(readdirSync(folder.path).sort()).toEqual(['bad', 'file']);
  });

  it('needs no Vulkan driver, and says why devices are unknown', async () => {
    const { code, stdout, stderr } = await guestmark(['system', '--json', '--no-exit-cost'], {
      VK_DRIVER_FILES: '/nonexistent/icd.json',
      VK_ICD_FILENAMES: '/nonexistent/icd.json',
      GUESTMARK_CACHE: '/nonexistent',
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { devices } = JSON.parse(stdout) as SystemReport;
    expect(devices).toEqual({ available: false, reason: expect.stringContaining('guestmark setup') });
  });
});

describe('guestmark counters', () => {
  it('prints those that a pattern names, and the groups where it names none', async () => {
    const [found, unknown] = await Promise.all([
      guestmark(['counters', 'net:lo:*', '--json', '--for', '50ms']),
      guestmark(['counters', 'no-such-counter', '--for', '1ms']),
    ]);
    expect({ code: found.code, stderr: found.stderr }).toEqual({ code: 0, stderr: '' });
    const { groups, spanNs } = JSON.parse(found.stdout) as CountersReport;
    expect(spanNs).toBeGreaterThan(49e6);
    expect(groups.map(({ id }) => id)).toEqual(['net']);
    const names =
      groups[0]?.counters.available === true ? groups[0].counters.value.map(({ name }) => name) : [];
    expect(names).toContain('net:lo:rx:bytes');
    expect(names.every((name) => name.startsWith('net:lo:'))).toBe(true);
    expectUsageError(unknown, 'there are none of these names; groups: steal, ');
  });
});

describe('guestmark run', () => {
  it('reports machine, attachment and what counters moved, or no counters where none are wanted', async () => {
    using folder = temporaryFolder();
    const reportOf = async (...more: readonly string[]) => {
      const out = join(folder.path, `${more.length}.json`);
      const short = ['--device', 'llvmpipe', '--runs', '1', '--min-time', '10ms', '--max-time', '20ms'];
      const { code, stdout } = await guestmark(['run', 'zero-submit', ...short, '--out', out, ...more]);
      expect(code).toBe(0);
      expect(stdout).not.toContain(ESCAPE);
      return parseReport(readFileSync(out, 'utf8'), out);
    };
    const [report, without] = await Promise.all([reportOf(), reportOf('--counters', 'none')]);
    expect(report.machine).toMatchObject({ available: true });
    if (report.machine.available) expectConsistent(report.machine.value);
    expect(report.attachment).toMatchObject({ value: { kind: { value: 'software' } } });
    const moved = report.results[0]?.runs[0]?.counters;
    const changes = moved?.available === true ? moved.value.changes : [];
    const cpuTime = changes.find(({ name }) => name === 'process:cpu_time')?.change;
    expect(cpuTime?.available === true && cpuTime.value).toBeGreaterThan(0);
    const listed = report.counters.flatMap(({ counters }) => (counters.available ? counters.value : []));
    const names = new Set(listed.map(({ name }) => name));
    expect(changes.filter(({ name }) => !names.has(name))).toEqual([]);
    expect(without.results[0]?.runs[0]?.counters).toEqual({
      available: false,
      reason: 'no counters were asked for',
    });
    expect(without.counters.some(({ counters }) => counters.available)).toBe(false);
    expect(without.machine.available).toBe(true);
  });
});
