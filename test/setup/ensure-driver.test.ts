import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { driverEnvironment } from '../../src/setup/driver-environment.ts';
import { ensureDriver, type SetupOutcome } from '../../src/setup/ensure-driver.ts';
import { findDriver } from '../../src/setup/find-driver.ts';
import type { ProbeDevices } from '../../src/setup/probe-devices.ts';
import { findBrowser, findSlurm } from '../../src/setup/test-tools.ts';
import { cacheNames, type FixtureMachine, fixtureMachine, write } from './fixture-machine.ts';

const DRIVER = 'vulkan-driver-debian-12-x64'.replace('x64', process.arch);
const TOOLS = 'test-tools-debian-12-x64'.replace('x64', process.arch);
const SLURM = 'slurm-debian-12-x64'.replace('x64', process.arch);
const GPU = { '/etc/vulkan/icd.d/gpu_icd.json': '{}' };
const BROWSER = { '/usr/bin/chromium': '#!/bin/sh' };
const LOADER = { '/usr/lib/libvulkan.so.1': 'elf' };

/** Sees a device where a child under `env` would find a loader and a driver: what a real probe reports. */
const probeFiles =
  ({ machine }: FixtureMachine): ProbeDevices =>
  async (env) => {
    const { loader, manifests } = findDriver(machine.files, env);
    if (loader === null) return unavailable('no loader');
    return manifests.length > 0 ? available([...manifests]) : unavailable('no driver');
  };

const setUp = (fixture: FixtureMachine, purpose: 'run' | 'tests' = 'run'): Promise<SetupOutcome> =>
  ensureDriver({
    purpose,
    machine: fixture.machine,
    probe: probeFiles(fixture),
    say: (line) => fixture.said.push(line),
  });

describe('ensureDriver()', () => {
  it('leaves a machine with a device as it is', async () => {
    using fixture = fixtureMachine({ isRoot: true, files: { ...LOADER, ...GPU } });
    const outcome = await setUp(fixture);
    expect(outcome).toMatchObject({ devices: ['/etc/vulkan/icd.d/gpu_icd.json'], environment: {}, done: [] });
    expect(fixture.commands).toEqual([]);
    expect(fixture.said).toEqual([]);
  });

  it('installs the driver as root, and says in one line how large it is', async () => {
    using fixture = fixtureMachine({ isRoot: true });
    const { environment } = await setUp(fixture);
    expect(environment).toEqual({});
    expect(fixture.said).toEqual([
      "No Vulkan device: installing Mesa's Vulkan drivers with the software device lavapipe with apt-get " +
        '(4 packages, 4.00 MiB to download, 2.00 MiB on disk)',
    ]);
    expect(existsSync(join(fixture.root, 'usr/share/vulkan/icd.d/lvp_icd.x86_64.json'))).toBe(true);
    expect(cacheNames(fixture)).toEqual([]);
  });

  it('unpacks the driver into the cache for an ordinary user, and leaves the system alone', async () => {
    using fixture = fixtureMachine();
    const { environment, done } = await setUp(fixture);
    const manifest = join(fixture.machine.cacheFolder, DRIVER, 'drivers/lvp_icd.x86_64.json');
    expect(environment.VK_DRIVER_FILES).toBe(manifest);
    expect(existsSync(manifest)).toBe(true);
    expect(done).toEqual(["unpacked Mesa's Vulkan drivers with the software device lavapipe"]);
    expect(existsSync(join(fixture.root, 'usr/share/vulkan'))).toBe(false);
    expect(cacheNames(fixture)).toEqual([DRIVER]);
  });

  it('does nothing the second time', async () => {
    using fixture = fixtureMachine();
    const first = await setUp(fixture, 'tests');
    const commands = [...fixture.commands];
    const second = await setUp(fixture, 'tests');
    expect(second).toEqual({ ...first, done: [] });
    expect(fixture.commands).toEqual(commands);
  });

  it('brings only the loader where drivers are there without one', async () => {
    using fixture = fixtureMachine({ files: GPU });
    const { devices } = await setUp(fixture);
    expect(devices).toEqual(['/etc/vulkan/icd.d/gpu_icd.json']);
    expect(fixture.commands.at(-1)).toContain('dpkg-deb');
    expect(fixture.commands.join('\n')).not.toContain('mesa');
  });

  it('lets a driver that the user installs later win over the unpacked one', async () => {
    using fixture = fixtureMachine();
    await setUp(fixture);
    for (const [path, text] of Object.entries({ ...LOADER, ...GPU })) write(join(fixture.root, path), text);
    expect(driverEnvironment(fixture.machine)).toEqual({});
  });

  it('takes up the unpacked driver again where the change brought no device', async () => {
    using fixture = fixtureMachine();
    await setUp(fixture);
    write(join(fixture.root, '/usr/lib/libvulkan.so.1'), 'elf');
    const commands = [...fixture.commands];
    const { done } = await setUp(fixture);
    expect(done).toEqual(['took up the driver unpacked earlier']);
    expect(fixture.commands).toEqual(commands);
  });

  it('unpacks anew after an interrupted unpack, and clears its rest away', async () => {
    using fixture = fixtureMachine();
    const rest = `.unpacking-${process.pid}@${(await import('node:os')).hostname()}-abcdef`;
    write(join(fixture.machine.cacheFolder, rest, 'root/usr/bin/half'), '');
    expect(driverEnvironment(fixture.machine)).toEqual({});
    await setUp(fixture);
    expect(cacheNames(fixture)).toEqual([DRIVER]);
  });

  it('leaves nothing behind when the unpacking fails', async () => {
    const broken = { program: 'dpkg-deb', stderr: 'dpkg-deb: error: No space left on device\n' };
    using fixture = fixtureMachine({ broken });
    await expect(setUp(fixture)).rejects.toMatchObject({
      code: 'environment',
      message: expect.stringContaining('Cannot bring a software Vulkan driver: libvulkan1'),
    });
    expect(cacheNames(fixture)).toEqual([]);
  });

  it('tells the reason and the command to type where the archive is out of reach', async () => {
    using fixture = fixtureMachine({ isOffline: true });
    await expect(setUp(fixture)).rejects.toMatchObject({
      code: 'environment',
      message:
        "Cannot bring a software Vulkan driver: Failed to fetch http://archive/InRelease  Temporary failure resolving 'archive'",
      hint: '`sudo apt-get install mesa-vulkan-drivers libvulkan1 libx11-6 libxext6` would bring one',
    });
  });

  it('tells the command of another distribution', async () => {
    const files = { '/etc/os-release': 'ID=fedora\nVERSION_ID=41\n' };
    using fixture = fixtureMachine({ isRoot: true, files, without: ['/usr/bin/apt-get'] });
    await expect(setUp(fixture)).rejects.toMatchObject({
      message: 'Cannot bring a software Vulkan driver: this machine has no apt-get',
      hint: '`dnf install mesa-vulkan-drivers vulkan-loader libX11 libXext` would bring one',
    });
  });

  it('fails when the driver is there and still no device answers', async () => {
    using fixture = fixtureMachine();
    const probe: ProbeDevices = async () => unavailable('the device probe ended with SIGSEGV');
    const request = { purpose: 'run', machine: fixture.machine, probe, say: () => {} } as const;
    await expect(ensureDriver(request)).rejects.toThrow(
      'Cannot use the software Vulkan driver: the device probe ended with SIGSEGV',
    );
  });

  it('brings the test tools that the system lacks', async () => {
    const files = { ...LOADER, ...GPU, ...BROWSER, '/usr/bin/spirv-val': '', '/usr/lib/libX11.so.6': '' };
    using fixture = fixtureMachine({ files });
    const { environment, missing } = await setUp(fixture, 'tests');
    const folder = join(fixture.machine.cacheFolder, TOOLS);
    expect(missing).toEqual([]);
    expect(fixture.said).toEqual([
      `For the tests: unpacking the test tools glslang, validation-layer, vulkan-headers into ${folder} ` +
        '(3 packages, 3.00 MiB to download, 2.00 MiB on disk; no root needed)',
    ]);
    expect(environment.PATH).toBe(`/usr/bin:${join(folder, 'root/usr/bin')}`);
    expect(environment.VK_LAYER_PATH?.split(':').at(-1)).toBe(join(folder, 'layers'));
    expect(environment.GUESTMARK_VULKAN_REGISTRY).toBe(join(folder, 'root/usr/share/vulkan/registry/vk.xml'));
    expect(environment.VK_DRIVER_FILES).toBeUndefined();
  });

  it('brings all tools together again when one of them went missing, but not what the driver brought', async () => {
    using fixture = fixtureMachine({ files: { ...BROWSER, '/usr/bin/spirv-val': '' } });
    await setUp(fixture, 'tests');
    rmSync(join(fixture.root, 'usr/bin/spirv-val'));
    const { done, missing } = await setUp(fixture, 'tests');
    expect(missing).toEqual([]);
    expect(done).toEqual(['unpacked the test tools glslang, spirv-tools, validation-layer, vulkan-headers']);
  });

  it('goes on without test tools that are not to be had, and names them to the tests', async () => {
    using fixture = fixtureMachine({
      files: { ...LOADER, ...GPU, ...BROWSER, '/usr/lib/libX11.so.6': '' },
      isOffline: true,
    });
    const { environment, missing } = await setUp(fixture, 'tests');
    expect(missing).toEqual(['glslang', 'spirv-tools', 'validation-layer', 'vulkan-headers']);
    expect(environment.GUESTMARK_MISSING_TEST_TOOLS).toBe(missing.join(','));
    expect(fixture.said.join()).toContain('the tests that need them are skipped');
  });

  it('unpacks Slurm for root too, whose daemons would start when they are installed', async () => {
    const tools = ['/usr/bin/spirv-val', '/usr/bin/glslangValidator', '/usr/lib/libX11.so.6'];
    const files = { ...LOADER, ...GPU, ...BROWSER, ...Object.fromEntries(tools.map((path) => [path, ''])) };
    using fixture = fixtureMachine({ files, isRoot: true, without: ['/usr/sbin/munged'] });
    const { done, missing } = await setUp(fixture, 'tests');
    expect(missing).toEqual([]);
    expect(done).toEqual([
      'installed the test tools validation-layer, vulkan-headers',
      'unpacked the test tools slurm',
    ]);
    const { files: seen, env, cacheFolder } = fixture.machine;
    expect(findSlurm(seen, env)).toBe(join(cacheFolder, SLURM, 'root'));
  });

  it('starts an unpacked browser itself, not the script that would look for it in the system', async () => {
    using fixture = fixtureMachine({ files: { ...LOADER, ...GPU } });
    const { environment } = await setUp(fixture, 'tests');
    const root = join(fixture.machine.cacheFolder, TOOLS, 'root');
    const env = { ...fixture.machine.env, ...environment };
    expect(findBrowser(fixture.machine.files, env)).toBe(join(root, 'usr/lib/chromium/chromium'));
  });

  it('brings the other test tools where the archive has no browser', async () => {
    using fixture = fixtureMachine({ files: { ...LOADER, ...GPU }, notInArchive: ['chromium'] });
    const { missing, done } = await setUp(fixture, 'tests');
    expect(missing).toEqual(['chromium']);
    expect(done).toEqual([
      'unpacked the test tools glslang, spirv-tools, validation-layer, vulkan-headers, x11-library',
    ]);
    expect(fixture.said.join()).toContain('Unable to locate package chromium');
  });
});
