// `guestmark system`: what this machine is, or a recorded one. Vulkan is asked in a child process, which starts first and
// is awaited last; everything else is files and CPUID.
import { type Available, mapAvailable, unavailable, valueOrUndefined } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { loadPart } from '../base/load-part.ts';
import { attachmentSubject } from '../isolation/attachment-subject.ts';
import { listedAttachment } from '../isolation/listed-attachment.ts';
import type { ListedDevice } from '../isolation/protocol.ts';
import { type DescribedDevice, SYSTEM_SCHEMA_VERSION, type SystemReport } from '../report/system-report.ts';
import { systemTable } from '../report/system-table.ts';
import { describeSystem } from '../virt/describe-system.ts';
import { judgeAttachment } from '../virt/judge-attachment.ts';
import type { Machine } from '../virt/machine.ts';
import { MANIFEST_FILE } from '../virt/manifest.ts';
import { recordedMachine, thisMachine } from '../virt/open-machine.ts';
import { EXIT } from './exit-codes.ts';
import { type Listing, startListing } from './start-listing.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';

/** A recording holds one of these at least, as does a tree of copies. */
const MACHINE_NAMES: readonly string[] = [MANIFEST_FILE, 'proc', 'sys'];

/** The options of the command. */
export interface SystemFlags {
  readonly sysroot?: string;
  readonly dump?: string;
  readonly evidence: boolean;
  readonly exitCost: boolean;
  readonly devices: boolean;
  readonly json: boolean;
}

/**
 * Runs the command.
 *
 * @param early The devices of this machine, where somebody asks for them already.
 */
export async function systemCommand(
  flags: SystemFlags,
  terminal: Terminal,
  early?: Listing,
): Promise<number> {
  const { system, devices } =
    flags.sysroot === undefined ? await live(flags, early) : recorded(flags.sysroot, flags);
  const report: SystemReport = {
    schema: 'guestmark-system',
    schemaVersion: SYSTEM_SCHEMA_VERSION,
    tool: toolRecord(),
    sysroot: flags.sysroot ?? null,
    system,
    devices,
  };
  terminal.print(
    flags.json
      ? JSON.stringify(report, null, 2)
      : systemTable(report, { width: terminal.width, color: terminal.color, evidence: flags.evidence }),
  );
  return EXIT.ok;
}

/** What is described: the machine, and its devices as far as somebody asked for them. */
type Described = Pick<SystemReport, 'system' | 'devices'>;

async function live(flags: SystemFlags, early: Listing | undefined): Promise<Described> {
  // Before anything is asked: who named a folder that cannot be used hears of it at once.
  if (flags.dump !== undefined) {
    const { claimDumpFolder } = await loadPart(import('../virt/dump-machine.ts'));
    claimDumpFolder(flags.dump);
  }
  const listing = early ?? (flags.devices ? startListing() : NOT_ASKED);
  const machine = thisMachine();
  const system = describeSystem(machine, { exitCost: flags.exitCost });
  const found = await listing;
  if (flags.dump !== undefined) await dump(flags.dump, found);
  return { system, devices: described(found, machine, system.virtualization) };
}

const NOT_ASKED = unavailable('not asked for');

function described(
  listed: Available<readonly ListedDevice[]>,
  machine: Machine,
  virtualization: SystemReport['system']['virtualization'],
): Available<readonly DescribedDevice[]> {
  return mapAvailable(listed, (devices) =>
    devices.map((one) => {
      const { index, name } = one.device;
      return { index, name, attachment: listedAttachment(one, machine, virtualization) };
    }),
  );
}

/** Asks everything once more of a machine that takes notes, but drivers: they were asked in the child. */
async function dump(folder: string, listed: Available<readonly ListedDevice[]>): Promise<void> {
  const found = listed.available ? listed.value : [];
  const devices = found.map(({ device }) => attachmentSubject(device));
  const driverModes = Object.assign(
    {},
    ...found.map((one) => one.driverModes),
  ) as ListedDevice['driverModes'];
  const describe = (machine: Machine): void => {
    const { virtualization } = describeSystem(machine, { exitCost: false });
    for (const subject of devices) judgeAttachment(subject, machine, virtualization);
  };
  const { dumpMachine } = await loadPart(import('../virt/dump-machine.ts'));
  dumpMachine(folder, describe, { driverModes, ...(listed.available ? { devices } : {}) });
}

function recorded(folder: string, { dump: copy, devices: wanted }: SystemFlags): Described {
  if (copy !== undefined) {
    throw new GuestmarkError('usage', 'Cannot record a machine that is a recording', {
      hint: 'copy its folder, or leave out --sysroot',
    });
  }
  const machine = recordedMachine(folder);
  refuseOther(folder, machine);
  const system = describeSystem(machine);
  const devices = wanted ? machine.devices : NOT_ASKED;
  return {
    system,
    devices: mapAvailable(devices, (subjects) =>
      subjects.map((subject, index) => ({
        index,
        name: subject.name,
        attachment: judgeAttachment(subject, machine, system.virtualization),
      })),
    ),
  };
}

/** Any folder can be described, by reasons alone; one that holds no machine is a mistake. */
function refuseOther(folder: string, { files }: Machine): void {
  const names = valueOrUndefined(files.list('/')) ?? [];
  if (names.some((name) => MACHINE_NAMES.includes(name))) return;
  throw new GuestmarkError(
    'usage',
    `Cannot read the machine ${folder}: it holds none of ${MACHINE_NAMES.join(', ')}`,
    { hint: 'record one with `guestmark system --dump DIR`' },
  );
}
