import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Available } from '../../src/base/availability.ts';
import type { CounterContext, CounterSource } from '../../src/counters/counter.ts';
import { openGpuAmdgpu } from '../../src/counters/gpu-amdgpu.ts';
import { openGpuAmdgpuThroughput } from '../../src/counters/gpu-amdgpu-throughput.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { contextOf, deviceOf } from './machines.ts';

const AMD = 0x1002;
const GPU = '0000:03:00.0';

type Files = Readonly<Record<string, string>>;
type Told = Readonly<Record<string, number | string>> | string;

/** What a group tells of a device with these files: values or reasons by the rest of the names. */
function told(files: Files, open: (context: CounterContext) => Available<CounterSource>): Told {
  using folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder.path, 'sys/bus/pci/devices', GPU, path);
    mkdirSync(dirname(file), { recursive: true });
    // An empty text is a folder where a file is expected.
    if (text === '') mkdirSync(file, { recursive: true });
    else writeFileSync(file, text);
  }
  const opened = open(contextOf({ root: folder.path, live: false, devices: [deviceOf(AMD, GPU)] }));
  if (!opened.available) return opened.reason;
  using source = opened.value;
  expect([...source.read().keys()]).toEqual(source.counters.map(({ name }) => name));
  return Object.fromEntries(
    [...source.read()].map(([name, read]) => [
      name.split(`${GPU}:`)[1],
      read.available ? read.value : read.reason,
    ]),
  );
}

const FILES: Files = {
  pcie_replay_count: '17\n',
  gpu_busy_percent: '57\n',
  mem_busy_percent: '29\n',
  current_link_speed: '16.0 GT/s PCIe\n',
  max_link_speed: '32 GT/s\n',
  current_link_width: '16\n',
  max_link_width: '16\n',
  'hwmon/hwmon3/temp1_input': '64000\n',
  'hwmon/hwmon3/power1_average': '212000000\n',
  'hwmon/hwmon3/freq1_input': '2304000000\n',
  pp_dpm_mclk: '0: 96Mhz\n1: 1249Mhz *\n',
};
const IN_FOLDER = `/sys/bus/pci/devices/${GPU}`;

describe('openGpuAmdgpu()', () => {
  it('gives what the files say in our units', () => {
    expect(told(FILES, openGpuAmdgpu)).toEqual({
      'pcie:replays': 17,
      'pcie:speed': 16e9,
      'pcie:maximum-speed': 32e9,
      'pcie:width': 16,
      'pcie:maximum-width': 16,
      'memory-busy': 0.29,
      busy: 0.57,
      'shader-clock': 2.304e9,
      'memory-clock': 1.249e9,
      temperature: 64,
      power: 212,
    });
  });

  it('says of each file why it tells nothing', () => {
    const hostile = {
      pcie_replay_count: '',
      gpu_busy_percent: 'many\n',
      mem_busy_percent: '9'.repeat(1e6),
      current_link_speed: 'Unknown\n',
      max_link_speed: '-1 GT/s\n',
      current_link_width: '0\n',
      max_link_width: '255\n',
    };
    expect(told(hostile, openGpuAmdgpu)).toMatchObject({
      'pcie:replays': `${IN_FOLDER}/pcie_replay_count: EISDIR`,
      'pcie:speed': `${IN_FOLDER}/current_link_speed: it does not hold a speed`,
      'pcie:maximum-speed': expect.stringContaining('it does not hold a speed'),
      'pcie:width': `${IN_FOLDER}/current_link_width: it does not hold a number of lanes`,
      'pcie:maximum-width': expect.stringContaining('a number of lanes'),
      'memory-busy': expect.stringContaining('it does not hold a percentage'),
      power: `${IN_FOLDER}: its driver offers neither hwmon nor pp_dpm_sclk`,
    });
  });

  it('says why there is no device', () => {
    expect(told({ current_link_speed: '16.0 GT/s PCIe\n' }, openGpuAmdgpu)).toMatch(/none of the files/);
    expect(openGpuAmdgpu(contextOf({ devices: [deviceOf(AMD, GPU)] }))).toMatchObject({
      reason: `${IN_FOLDER}: ENOENT`,
    });
    expect(openGpuAmdgpu(contextOf({ devices: [deviceOf(AMD, '../../../etc')] }))).toMatchObject({
      reason: 'the PCI address of the AMD device is not known',
    });
    expect(openGpuAmdgpu(contextOf({ devices: [deviceOf(0x10de, GPU)] }))).toMatchObject({
      reason: 'none of the GPUs is one of AMD',
    });
  });
});

describe('openGpuAmdgpuThroughput()', () => {
  it('gives the three numbers of the file', () => {
    expect(told({ pcie_bw: '123456 654321 256\n' }, openGpuAmdgpuThroughput)).toEqual({
      'pcie:received-packets': 123_456,
      'pcie:sent-packets': 654_321,
      'pcie:largest-payload': 256,
    });
  });

  it('says what is wrong with it', () => {
    expect(told({ pcie_bw: '123456 654321\n' }, openGpuAmdgpuThroughput)).toMatchObject({
      'pcie:sent-packets': `${IN_FOLDER}/pcie_bw: it does not hold three numbers`,
    });
    expect(told({ gpu_busy_percent: '1\n' }, openGpuAmdgpuThroughput)).toBe(
      'the driver of the AMD device offers no pcie_bw',
    );
  });
});
