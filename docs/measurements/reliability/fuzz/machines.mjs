// Recorded machines whose files, folders, links, CPUID and manifest are not what they were: a description comes, and can be shown.
// In memory: what a file system can do besides is in machine-trees.mjs.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { available, unavailable } from '../../../../dist/base/availability.js';
import { systemFiles } from '../../../../dist/base/system-files.js';
import { CGROUP_COUNTERS } from '../../../../dist/counters/cgroup-throttling.js';
import { INFINIBAND } from '../../../../dist/counters/infiniband.js';
import { INTERRUPT_COUNTERS } from '../../../../dist/counters/interrupts.js';
import { KERNEL_COUNTERS } from '../../../../dist/counters/kernel-events.js';
import { NETWORK_COUNTERS } from '../../../../dist/counters/network.js';
import { SLINGSHOT } from '../../../../dist/counters/slingshot.js';
import { STEAL_COUNTERS } from '../../../../dist/counters/steal.js';
import { takeCounters } from '../../../../dist/counters/take-counters.js';
import { countersTable } from '../../../../dist/report/counters-table.js';
import { systemTable } from '../../../../dist/report/system-table.js';
import { describeSystem } from '../../../../dist/virt/describe-system.js';
import { judgeAttachment } from '../../../../dist/virt/judge-attachment.js';
import { recordedMachine } from '../../../../dist/virt/open-machine.js';
import { watchMachine } from '../../../../dist/virt/record-machine.js';
import { changedJson, GENTLE, ROUGH } from './change-json.mjs';
import { changedText } from './change-text.mjs';
import { below, onceIn, pick, STRINGS } from './draw.mjs';
import { requirePlain, requireTable } from './oracle.mjs';

const FIXTURES = fileURLToPath(new URL('../../../../test/fixtures/', import.meta.url));
/** Between them they ask for everything. */
const NAMES = [
  'aws-nitro-gpu',
  'docker-on-kvm',
  'kvm-qemu-arm64',
  'powervm',
  's390-zvm',
  'xen-hvm',
  'wsl2',
  'kubernetes-pod',
];
const PIECES = [
  ...STRINGS,
  ...[
    '0-4294967295',
    '0,1,2',
    'flags\t: ',
    'cpu ',
    '0::/',
    '0::/../../..',
    'KVMKVMKVM',
    '\n\n',
    '[1]',
    '0x',
    ': ',
    '=',
    '-',
    '0000:00:1e.0',
  ],
];

const SUBJECT = {
  ...{ name: 'Tesla T4', software: false, type: 'discrete', vendorId: 0x10de, deviceId: 0x1eb8 },
  ...{ driverId: available(4), pciAddress: available('0000:00:1e.0'), renderNode: available('226:128') },
  memoryHeaps: [{ index: 0, bytes: 15 * 2 ** 30, deviceLocal: true }],
  memoryTypes: [{ heapIndex: 0, deviceLocal: true, hostVisible: true }],
};

/** What descriptions show: one line, nothing that moves or reorders. */
export const isShown = (text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text) && text.length <= 1000;

export function requireDescription(machine, subjects = [SUBJECT]) {
  const system = describeSystem(machine);
  const devices = available(
    subjects.map((subject, index) => ({
      ...{ index, name: subject.name },
      attachment: judgeAttachment(subject, machine, system.virtualization),
    })),
  );
  requirePlain({ system, devices }, isShown);
  requireTable(systemTable({ system, devices }, { width: 100, color: false, evidence: true }));
}

/** A machine in memory: what it was asked for while it was described, or counted. */
function remembered(machine, ask) {
  const { machine: watched, notes } = watchMachine(machine, (_, text) => text);
  ask(watched);
  return {
    machine,
    notes,
    paths: [...new Set([...notes.texts.keys(), ...notes.lists.keys(), ...notes.links.keys()])],
  };
}

/** Another answer for some of the paths. */
function changedFiles(random, { notes, paths }) {
  const changed = new Map();
  const count = 1 + below(random, 5);
  for (let i = 0; i < count; i++) changed.set(pick(random, paths), answers(random, notes));
  const missing = (path) => unavailable(`${path}: ENOENT`);
  return {
    changed,
    files: {
      read: (path) => changed.get(path)?.read(path) ?? notes.texts.get(path)?.text ?? missing(path),
      list: (path) => changed.get(path)?.list(path) ?? notes.lists.get(path) ?? missing(path),
      link: (path) => changed.get(path)?.link(path) ?? notes.links.get(path) ?? missing(path),
    },
  };
}

function answers(random, notes) {
  if (onceIn(random, 10)) {
    const refuse = (path) =>
      unavailable(`${path}: ${pick(random, ['EACCES', 'EISDIR', 'has more than 4 MiB'])}`);
    return { read: refuse, list: refuse, link: refuse };
  }
  const said = [...notes.texts.values()].flatMap(({ text }) => (text.available ? [text.value] : []));
  // Of its own file or another's: files of others have the right words in the wrong place.
  const other = changedText(random, onceIn(random, 3) ? pick(random, said) : '', PIECES);
  const draws = random();
  return {
    read: (path) => {
      const own = notes.texts.get(path)?.text;
      return available(
        own?.available && draws < 0.7 ? changedText(randomOf(draws), own.value, PIECES) : other,
      );
    },
    list: (path) => {
      const own = notes.lists.get(path);
      return available([...(own?.available ? own.value : []), ...other.split('\n').slice(0, 100)]);
    },
    link: () => available(other.slice(0, 4000)),
  };
}

/** A generator that begins alike whenever a file is read again. */
function randomOf(start) {
  let state = Math.floor(start * 2 ** 31) | 1;
  return () => {
    state = Math.imul(state, 48271) % 0x7fff_ffff;
    return Math.abs(state) / 0x7fff_ffff;
  };
}

const showFiles = ({ changed }) =>
  [...changed].map(([path, { read }]) => `${path}: ${JSON.stringify(read(path)).slice(0, 2000)}`).join('\n');

function openTexts() {
  const bases = NAMES.map((name) =>
    remembered(recordedMachine(join(FIXTURES, 'machines', name, 'root')), (machine) =>
      requireDescription(machine),
    ),
  );
  return {
    make: (random) => {
      const base = pick(random, bases);
      const word = () =>
        pick(random, [0, 1, 0x4000_0000, 0x4000_0001, 0xffff_ffff, Math.floor(random() * 2 ** 32)]);
      const leaf = { eax: word(), ebx: word(), ecx: word(), edx: word() };
      const cpuid = onceIn(random, 4) ? available(() => leaf) : base.machine.cpuid;
      return { ...changedFiles(random, base), base, cpuid };
    },
    attempt: ({ base, files, cpuid }) => {
      requireDescription({ ...base.machine, files, cpuid });
      return 'accepted';
    },
    show: showFiles,
  };
}

const MANIFEST = JSON.stringify({
  ...{
    format: 'guestmark-machine',
    version: 1,
    summary: 'a machine',
    architecture: 'x64',
    variables: { container: 'lxc' },
  },
  cpuid: {
    '0x00000000': ['0xd', '0x756e6547', '0x6c65746e', '0x49656e69'],
    '0x40000000': ['0x40000001', '0x4b4d564b', '0x564b4d56', '0x4d'],
  },
  links: {
    '/sys/bus/pci/devices/0000:00:1e.0/driver': '../../../bus/pci/drivers/nvidia',
    '/proc/self/ns/pid': 'pid:[4026531836]',
  },
  lists: { '/sys/bus/pci/devices': ['0000:00:1e.0'], '/proc': ['1', 'self'] },
  unreadable: { '/proc/config.gz': 'ENOENT', CPUID: 'no' },
  driverModes: { '0000:00:1e.0': { library: 'NVML', mode: 1, mig: false } },
  devices: [{ ...SUBJECT, memoryHeaps: SUBJECT.memoryHeaps, memoryTypes: SUBJECT.memoryTypes }],
});

function openManifests() {
  const root = mkdtempSync(join(tmpdir(), 'machine-'));
  for (const folder of ['proc', 'sys']) mkdirSync(join(root, folder));
  return {
    make: (random) => changedJson(random, MANIFEST, pick(random, [GENTLE, ROUGH])),
    attempt: (json) => {
      writeFileSync(join(root, 'machine.json'), json);
      const machine = recordedMachine(root);
      requireDescription(machine, machine.devices.available ? machine.devices.value : []);
      return 'accepted';
    },
    show: (json) => json,
    close: () => rmSync(root, { recursive: true }),
  };
}

const GROUPS = [
  ...[
    INTERRUPT_COUNTERS,
    NETWORK_COUNTERS,
    INFINIBAND,
    SLINGSHOT,
    CGROUP_COUNTERS,
    KERNEL_COUNTERS,
    STEAL_COUNTERS,
  ],
];

async function openCounterFiles() {
  const roots = [join(FIXTURES, 'fabric'), '/'];
  const bases = [];
  for (const root of roots) {
    const machine = {
      ...recordedMachine(join(FIXTURES, 'machines', 'docker-on-kvm', 'root')),
      files: systemFiles(root),
      live: root === '/',
    };
    const { machine: watched, notes } = watchMachine(machine, (_, text) => text);
    await takeCounters({ machine: watched, devices: [] }, async () => undefined, { definitions: GROUPS });
    bases.push({
      machine,
      notes,
      paths: [...new Set([...notes.texts.keys(), ...notes.lists.keys(), ...notes.links.keys()])],
    });
  }
  return {
    make: (random) => {
      const base = pick(random, bases);
      return { ...changedFiles(random, base), base };
    },
    attempt: async ({ base, files }) => {
      const machine = { ...base.machine, files };
      const taken = await takeCounters({ machine, devices: [] }, async () => undefined, {
        definitions: GROUPS,
      });
      requirePlain(taken);
      for (const { counters } of taken.groups) requireFound(counters);
      requireTable(countersTable(taken, { width: 100, color: false, all: true }));
      return 'accepted';
    },
    show: showFiles,
  };
}

/** A group that threw says so as its reason: nothing that a file holds may make it. */
function requireFound(counters) {
  const reasons = counters.available
    ? counters.value.flatMap(({ value }) => (value.available ? [] : [value.reason]))
    : [counters.reason];
  const failed = reasons.find((reason) => /ing it failed: /.test(reason));
  if (failed !== undefined) throw new Error(failed);
}

export default [
  { name: 'machine-texts', open: async () => openTexts() },
  { name: 'machine-manifest', open: async () => openManifests() },
  { name: 'counter-files', open: openCounterFiles },
];
