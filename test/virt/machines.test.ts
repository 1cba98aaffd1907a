// Every recorded machine below test/fixtures/machines, described: against what it is (machines-expected.ts, written by hand) and
// against its golden output, which shows a reviewer every change of a word. GUESTMARK_UPDATE_GOLDEN=1 writes the latter anew.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Available, mapAvailable, valueOrUndefined } from '../../src/base/availability.ts';
import type { DescribedDevice } from '../../src/report/system-report.ts';
import { systemTable } from '../../src/report/system-table.ts';
import type { GpuAttachment } from '../../src/virt/gpu-attachment.ts';
import { recordedMachine } from '../../src/virt/open-machine.ts';
import type { SystemInfo } from '../../src/virt/system-info.ts';
import { describeAll, subjectsOf } from './describe-all.ts';
import { EXPECTED, type Expected } from './machines-expected.ts';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'machines');
const UPDATES = process.env.GUESTMARK_UPDATE_GOLDEN === '1';

interface Described {
  readonly system: SystemInfo;
  readonly devices: Available<readonly DescribedDevice[]>;
}

function describeFixture(name: string): Described {
  const machine = recordedMachine(join(FOLDER, name, 'root'));
  const { system, attachments } = describeAll(machine, subjectsOf(machine));
  const devices = mapAvailable(machine.devices, (subjects) =>
    subjects.map((subject, index) => ({
      index,
      name: subject.name,
      attachment: attachments[index] as GpuAttachment,
    })),
  );
  return { system, devices };
}

/** Everything that is reported of a machine besides the verdicts: signs, claims, contradictions. */
function reported({ system, devices }: Described): string {
  const { evidence, contradictions } = system.virtualization;
  const { claims, contradictions: others } = system.container;
  return JSON.stringify([evidence, contradictions, claims, others, devices]);
}

function contradictions({ system, devices }: Described): readonly unknown[] {
  return [
    ...system.virtualization.contradictions,
    ...system.container.contradictions,
    ...(valueOrUndefined(devices) ?? []).flatMap(({ attachment }) => attachment.contradictions),
  ];
}

/** The verdicts in the form of the table, as far as the row looks at them. */
function verdicts(described: Described, row: Expected): Partial<Expected> {
  const { virtualization, container } = described.system;
  const cloud = valueOrUndefined(virtualization.cloud);
  const all: { readonly [Key in keyof Expected]: unknown } = {
    virtual: valueOrUndefined(virtualization.virtual),
    hypervisor: valueOrUndefined(virtualization.hypervisor)?.id ?? null,
    monitor: valueOrUndefined(virtualization.monitor)?.id ?? null,
    container: valueOrUndefined(container.container)?.id,
    cloud: cloud?.provider,
    product: cloud?.product,
    vendor: valueOrUndefined(virtualization.vendorString)?.trim(),
    stealClock: valueOrUndefined(virtualization.stealClock),
    confidential: valueOrUndefined(virtualization.confidential),
    cpuQuota: valueOrUndefined(container.cpuQuota),
    devices: valueOrUndefined(described.devices)?.map(({ attachment }) => valueOrUndefined(attachment.kind)),
    against: reported(described).includes(row.against ?? '') ? row.against : undefined,
    contradicts: contradictions(described).length > 0,
  };
  // A cloud that the row does not name must not be named.
  const keys = ['cloud', ...Object.keys(row)] as (keyof Expected)[];
  return Object.fromEntries(keys.map((key) => [key, all[key]]));
}

/** Equals the file, or writes it where that is asked for. */
function expectGolden(name: string, file: string, text: string): void {
  const path = join(FOLDER, name, file);
  if (UPDATES) writeFileSync(path, text);
  else expect(text).toBe(existsSync(path) ? readFileSync(path, 'utf8') : undefined);
}

const NAMES = readdirSync(FOLDER);

it('every recorded machine has a row of what it is, and every row a machine', () => {
  expect(NAMES).toEqual(Object.keys(EXPECTED).sort());
});

describe.each(NAMES)('%s', (name) => {
  const described = describeFixture(name);

  it('is described as what it is', () => {
    const row = EXPECTED[name] as Expected;
    expect(verdicts(described, row)).toEqual({ cloud: undefined, ...row });
  });

  it('gives its golden output', () => {
    expectGolden(name, 'golden.json', `${JSON.stringify(described, null, 2)}\n`);
    expectGolden(name, 'golden.txt', systemTable(described, { width: 120, color: false, evidence: false }));
  });
});
