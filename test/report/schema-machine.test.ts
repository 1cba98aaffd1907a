import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import { attachmentSchema } from '../../src/report/schema-attachment.ts';
import { machineSchema } from '../../src/report/schema-machine.ts';
import { describeSystem } from '../../src/virt/describe-system.ts';
import { judgeAttachment } from '../../src/virt/judge-attachment.ts';
import { recordedMachine, thisMachine } from '../../src/virt/open-machine.ts';
import { ROOT } from '../structure/project-files.ts';
import { passedThrough, softwareAttachment } from './sample-attachment.ts';
import { sampleMachine } from './sample-machine.ts';
import { sampleReport } from './sample-report.ts';

const MACHINES = join(ROOT, 'test/fixtures/machines');
const names = readdirSync(MACHINES);

/** As it comes out of a file. */
const written = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('machineSchema', () => {
  it('takes this machine, with what an exit costs', () => {
    const system = describeSystem(thisMachine());
    expect(machineSchema.parse(written(system))).toEqual(system);
  });

  it('takes every recorded machine and the attachment of its devices, and loses nothing of them', () => {
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const machine = recordedMachine(join(MACHINES, name));
      const system = describeSystem(machine);
      expect(machineSchema.parse(written(system)), name).toEqual(system);
      for (const subject of machine.devices.available ? machine.devices.value : []) {
        const attachment = judgeAttachment(subject, machine, system.virtualization);
        expect(attachmentSchema.parse(written(attachment)), name).toEqual(attachment);
      }
    }
  });

  it('takes what a privileged domain says of itself', () => {
    const system = sampleMachine();
    const sign = {
      source: '/proc/xen/capabilities',
      found: 'control_d',
      says: { virtual: true, hypervisor: 'xen', privileged: true },
      confidence: 'certain',
    };
    const changed = { ...system, virtualization: { ...system.virtualization, evidence: [sign] } };
    expect(machineSchema.parse(written(changed))).toEqual(changed);
  });

  it.each([
    ['a fact that it does not know', { mood: 'good' }, 'unrecognized_keys'],
    ['a fact that is missing', { virtual: undefined }, 'invalid_'],
    [
      'a fact without its source',
      { virtual: { available: true, value: true, confidence: 'certain' } },
      'invalid_',
    ],
    [
      'a fact that is surer than certain',
      { virtual: { available: true, value: true, source: 's', confidence: 'sure' } },
      'invalid_',
    ],
    ['a fact that is missing without a reason', { virtual: { available: false, reason: '' } }, 'too_small'],
  ])('refuses %s', (_, change, code) => {
    const system = sampleMachine();
    const changed = written({ ...system, virtualization: { ...system.virtualization, ...change } });
    const { error } = machineSchema.safeParse(changed);
    expect(error?.issues[0]?.code).toContain(code);
    expect(error?.issues[0]?.path[0]).toBe('virtualization');
  });

  it('takes a hypervisor of which only newer versions know', () => {
    const system = sampleMachine();
    const hypervisor = {
      available: true,
      value: { id: 'new', name: 'New' },
      source: 's',
      confidence: 'likely',
    };
    const changed = { ...system, virtualization: { ...system.virtualization, hypervisor } };
    expect(machineSchema.safeParse(written(changed)).success).toBe(true);
  });
});

describe('attachmentSchema', () => {
  it('takes what the tables show, and nothing else', () => {
    for (const attachment of [passedThrough(), softwareAttachment()])
      expect(attachmentSchema.parse(written(attachment))).toEqual(attachment);
    expect(attachmentSchema.safeParse({ ...passedThrough(), mood: 'good' }).success).toBe(false);
    const odd = { available: true, value: 'borrowed', source: 's', confidence: 'certain' };
    expect(attachmentSchema.safeParse({ ...passedThrough(), kind: odd }).success).toBe(false);
  });
});

describe('parseReport()', () => {
  it.each([
    ['machine', 'machine.value.kernel'],
    ['attachment', 'attachment.value.pci'],
    ['counters', 'results[0].runs[0].counters.value'],
  ])('refuses a key that it does not know in %s, and says where', (_, place) => {
    const report = written(sampleReport());
    const owner = place
      .split(/[.[\]]+/)
      .reduce((record: unknown, key) => (record as Record<string, unknown>)[key], report);
    (owner as Record<string, unknown>).mood = 'good';
    expect(() => parseReport(JSON.stringify(report), 'run.json')).toThrow(
      `${place}: unrecognized key: "mood"`,
    );
  });
});
