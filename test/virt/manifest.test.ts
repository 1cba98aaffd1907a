import { describe, expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import { type Manifest, manifestText, parseManifest } from '../../src/virt/manifest.ts';
import { NVIDIA } from './attachment-subject.ts';

const EMPTY: Manifest = {
  summary: '',
  architecture: 'x64',
  variables: {},
  cpuid: null,
  links: {},
  lists: {},
  unreadable: {},
  driverModes: {},
  devices: null,
};

const FULL: Manifest = {
  summary: 'A machine of a test',
  architecture: 'arm64',
  variables: { container: 'lxc', SLURM_JOB_ID: '7' },
  cpuid: {
    '0x40000000': ['0x1', '0x4b4d564b', '0xffffffff', '0x0'],
    '0x0000000d.1': ['0x1', '0x2', '0x3', '0x4'],
  },
  links: { '/proc/self/ns/pid': 'pid:[4026531836]' },
  lists: { '/sys/bus/pci/devices': ['0000:00:01.0'] },
  unreadable: { '/sys/firmware/dmi/tables/DMI': 'EACCES' },
  driverModes: { '0000:01:00.0': { library: 'NVML', mode: 1, mig: false } },
  devices: [NVIDIA],
};

const parse = (value: unknown): Manifest => parseManifest(JSON.stringify(value), '/m/machine.json');

function problemOf(text: string): GuestmarkError {
  try {
    parseManifest(text, '/m/machine.json');
  } catch (error) {
    if (error instanceof GuestmarkError) return error;
    throw error;
  }
  throw new Error(`nothing is wrong with ${text}`);
}

/** A device in which one thing is changed. */
const device = (changes: Readonly<Record<string, unknown>>): unknown => ({ ...NVIDIA, ...changes });
const registers = ['0x0', '0x0', '0x0', '0x0'];

describe('parseManifest()', () => {
  it('reads what manifestText() wrote', () => {
    expect(parseManifest(manifestText(FULL), 'm')).toEqual(FULL);
    expect(parseManifest(manifestText(EMPTY), 'm')).toEqual(EMPTY);
  });

  it('takes what is left out, or null, for not recorded', () => {
    expect(parse({})).toEqual(EMPTY);
    expect(parse({ summary: null, cpuid: null, links: null, devices: null })).toEqual(EMPTY);
  });

  it('keeps of variables only those that tell of containers, and passes over what it does not know', () => {
    const { variables, ...rest } = parse({
      variables: { container: 'lxc', PASSWORD: 'secret' },
      color: 'green',
    });
    expect(variables).toEqual({ container: 'lxc' });
    expect(JSON.stringify(rest)).not.toContain('green');
  });

  it.each([
    ['nothing', ''],
    ['half a file', '{"summary": "a'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"machine"'],
    ['bytes', '\u0000\ufffd\u001b[31m'],
    ['depth', '['.repeat(200_000)],
  ])('refuses %s in one line that repeats none of it', (_, text) => {
    const { code, message } = problemOf(text);
    expect({ code, message }).toEqual({
      code: 'usage',
      message: 'Cannot read the machine /m/machine.json: it is not a JSON object',
    });
  });

  it.each([
    ['format', { format: 'guestmark-report' }, 'it is another kind of file'],
    ['format', { format: null }, 'it is another kind of file'],
    ['version', { version: 2 }, 'it has version 2, newer than this guestmark knows'],
    ['version', { version: 'new' }, '"version" is not a whole number from 1 on'],
    ['version', { version: 0.5 }, '"version" is not a whole number from 1 on'],
    ['summary', { summary: ['a'] }, '"summary" is not text'],
    ['architecture', { architecture: 64 }, '"architecture" is not text'],
    ['variables', { variables: { container: 1 } }, '"variables" is not a table of texts'],
    ['variables', { variables: ['container'] }, '"variables" is not a table of texts'],
    ['cpuid', { cpuid: [] }, '"cpuid" is not a table of leaves'],
    ['cpuid', { cpuid: { '0x1': registers } }, '"cpuid" is not a table of leaves'],
    ['cpuid', { cpuid: { '0x00000001': registers.slice(1) } }, '"cpuid" is not a table of leaves'],
    ['cpuid', { cpuid: { '0x00000001': [0, 0, 0, 0] } }, '"cpuid" is not a table of leaves'],
    ['cpuid', { cpuid: { '0x00000001': ['0x123456789', '0x0', '0x0', '0x0'] } }, '"cpuid" is not a table of'],
    ['cpuid', { cpuid: { '0x00000001': ['-1', '0x0', '0x0', '0x0'] } }, '"cpuid" is not a table of leaves'],
    ['links', { links: { '/a': null } }, '"links" is not a table of texts'],
    ['lists', { lists: { '/a': 'b' } }, '"lists" is not a table of lists of names'],
    ['lists', { lists: { '/a': [1] } }, '"lists" is not a table of lists of names'],
    ['unreadable', { unreadable: { '/a': false } }, '"unreadable" is not a table of texts'],
    ['modes', { driverModes: { a: 1 } }, '"driverModes" is not a table of modes'],
    [
      'modes',
      { driverModes: { a: { library: 'CUDA', mode: 1, mig: false } } },
      '"driverModes" is not a table',
    ],
    [
      'modes',
      { driverModes: { a: { library: 'NVML', mode: 1.5, mig: false } } },
      '"driverModes" is not a table',
    ],
    ['modes', { driverModes: { a: { library: 'NVML', mode: 1 } } }, '"driverModes" is not a table of modes'],
    ['devices', { devices: {} }, '"devices" is not a list of Vulkan devices'],
    ['devices', { devices: [null] }, '"devices" is not a list of Vulkan devices'],
    ['devices', { devices: [{}] }, '"devices" is not a list of Vulkan devices'],
    ['a name', { devices: [device({ name: 1 })] }, '"devices" is not a list'],
    ['a vendor', { devices: [device({ vendorId: '0x10de' })] }, '"devices" is not a list'],
    ['a driver', { devices: [device({ driverId: 4 })] }, '"devices" is not a list'],
    ['an address', { devices: [device({ pciAddress: { available: true, value: 7 } })] }, '"devices" is not'],
    ['a reason', { devices: [device({ renderNode: { available: false } })] }, '"devices" is not a list'],
    ['heaps', { devices: [device({ memoryHeaps: [{}] })] }, '"devices" is not a list'],
    [
      'a size',
      { devices: [device({ memoryHeaps: [{ index: 0, bytes: null, deviceLocal: true }] })] },
      '"devices" is not a list',
    ],
    ['types', { devices: [device({ memoryTypes: [{ heapIndex: 0, deviceLocal: 1 }] })] }, '"devices" is not'],
  ])('refuses a wrong %s: %j', (_, value, state) => {
    const { code, message } = problemOf(JSON.stringify(value));
    expect(code).toBe('usage');
    expect(message).toContain(`Cannot read the machine /m/machine.json: ${state}`);
    expect(message).not.toContain('\n');
  });

  it('takes names that every object has for names like any other', () => {
    const names = '{"__proto__": "polluted", "constructor": "c", "toString": "t"}';
    const parsed = parseManifest(
      `{"__proto__": {"summary": "s"}, "links": ${names}, "variables": ${names}}`,
      'm',
    );
    expect(parsed.summary).toBe('');
    expect(parsed.variables).toEqual({});
    expect(Object.keys(parsed.links)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(parsed.links)).toBe(Object.prototype);
    expect(parseManifest(manifestText(parsed), 'm')).toEqual(parsed);
  });
});
