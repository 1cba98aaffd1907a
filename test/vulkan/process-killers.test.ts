// What ends the process when nvk is used as it is, and what the bindings make of it. The first half is
// the evidence that the guards are needed: a newer nvk that survives makes it fail, and they can go.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { BindingName } from '../../src/vulkan/binding.ts';
import { loadNvk } from '../../src/vulkan/nvk-module.ts';
import { obstacle } from './raw-vulkan.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const ALL: readonly BindingName[] = ['koffi', 'nvk', 'auto'];

const nvk = loadNvk();
const unbuilt = existsSync(path('../../dist/vulkan/open-binding.js')) ? undefined : 'dist is not built';
const noDevice = unbuilt ?? obstacle();
const noNvk = noDevice ?? (nvk.available ? undefined : nvk.reason);
if (noNvk !== undefined) console.warn(`parts of process-killers.test.ts are skipped: ${noNvk}`);

interface Child {
  readonly status: number | null;
  readonly signal: string | null;
  readonly output: string;
}

function run(parameters: readonly string[], environment: NodeJS.ProcessEnv = {}): Child {
  const child = spawnSync(process.execPath, parameters, {
    cwd: path('../..'),
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { status: child.status, signal: child.signal, output: child.stdout };
}

const alone = (scenario: string): Child => run([path('../fixtures/children/nvk-alone.mjs'), scenario]);

/** The outcome that a child prints, which proves that it lived to the end. */
function bound(
  binding: BindingName,
  scenario: string,
  environment: NodeJS.ProcessEnv = {},
  more: string[] = [],
): unknown {
  const child = run([path('../fixtures/children/nvk-bound.mjs'), binding, scenario, ...more], environment);
  expect(child).toMatchObject({ status: 0, signal: null });
  return JSON.parse(child.output) as unknown;
}

describe.skipIf(noNvk)('nvk itself ends the process', () => {
  it.each([
    ['with SIGSEGV when vkCreateDevice fails', 'failing-device', 'SIGSEGV', 'started\n'],
    [
      'with SIGSEGV for a command whose extension is not enabled',
      'extension-not-enabled',
      'SIGSEGV',
      'started\n',
    ],
    [
      'with SIGSEGV when the time domains are asked for',
      'time-domains',
      'SIGSEGV',
      'started\nvkCreateDevice 0\n',
    ],
    [
      'with SIGSEGV for an extension of a device that is not the newest',
      'two-devices',
      'SIGSEGV',
      'started\nvkCreateDevice 0\nwith one device\nvkCreateDevice 0\n',
    ],
    ['with SIGABRT for a view of address 0', 'null-view', 'SIGABRT', 'started\n'],
    [
      'with SIGSEGV for mapped memory that was freed',
      'freed-view',
      'SIGSEGV',
      'started\nvkCreateDevice 0\nfreed\n',
    ],
  ])('%s', (_title, scenario, signal, output) => {
    expect(alone(scenario)).toEqual({ status: null, signal, output });
  });

  it('with an error when an argument of the program contains "vkversion="', () => {
    const load = "require('nvk')";
    expect(run(['-e', load, '--', 'note']).status).toBe(0);
    expect(run(['-e', load, '--', 'note: vkversion=9']).status).not.toBe(0);
  });
});

describe.skipIf(noNvk)('a binding survives', () => {
  it.each(ALL)('%s: a failing vkCreateDevice returns VK_ERROR_EXTENSION_NOT_PRESENT', (binding) => {
    expect(bound(binding, 'failing-device')).toEqual({ value: -7 });
  });

  it.each(ALL)('%s: a command whose extension is not enabled throws', (binding) => {
    expect(bound(binding, 'extension-not-enabled')).toEqual({
      code: 'unsupported',
      message: 'Cannot call vkCreateDebugUtilsMessengerEXT: the extension VK_EXT_debug_utils is not enabled',
    });
  });

  it.each(ALL)('%s: the time domains are counted', (binding) => {
    expect((bound(binding, 'time-domains') as { value: number }).value).toBeGreaterThan(0);
  });

  it.each(ALL)('%s: the extension of an older device works beside a newer one', (binding) => {
    expect(bound(binding, 'two-devices')).toEqual({ value: 0 });
  });

  it.each(ALL)('%s: a view of address 0 throws', (binding) => {
    expect(bound(binding, 'null-view')).toMatchObject({ code: 'vulkan' });
  });

  it.each(ALL)('%s: mapped memory dies with its buffer', (binding) => {
    expect(bound(binding, 'freed-view')).toMatchObject({
      code: 'vulkan',
      message: 'Cannot use mapped memory: it was unmapped',
    });
  });

  it.each(ALL)('%s: any argument of the program, and nothing but ours on stdout', (binding) => {
    const more = ['--note', 'vkversion=9 disable-validation-checks'];
    const route = binding === 'koffi' ? 'koffi' : 'nvk';
    expect(bound(binding, 'open', {}, more)).toEqual({ value: { note: null, route } });
  });
});

describe.skipIf(unbuilt)('without the Vulkan loader', () => {
  it.each(ALL)('%s throws an environment error that says what to install', (binding) => {
    expect(bound(binding, 'open', { GUESTMARK_VULKAN_LIBRARY: '/nonexistent' })).toEqual({
      code: 'environment',
      message: expect.stringMatching(
        /^Cannot load the Vulkan loader \/nonexistent: .*No such file or directory$/,
      ) as string,
      hint: 'install it (Debian: `apt-get install libvulkan1`), or run `guestmark setup`',
    });
  });
});

describe.skipIf(noNvk)('with GUESTMARK_VULKAN_LIBRARY set to another loader than nvk would use', () => {
  const environment = { GUESTMARK_VULKAN_LIBRARY: 'libvulkan.so.1' };

  it('auto works through koffi alone and says why', () => {
    const { value } = bound('auto', 'open', environment) as { value: { note: string; route: string } };
    expect(value.route).toBe('koffi');
    expect(value.note).toContain(
      "nvk only uses the system's Vulkan loader, and GUESTMARK_VULKAN_LIBRARY is set",
    );
  });

  it('nvk throws an environment error', () => {
    expect(bound('nvk', 'open', environment)).toMatchObject({ code: 'environment' });
  });
});

describe.skipIf(noNvk)('without libX11', () => {
  // The dynamic linker finds this file first and cannot use it.
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-no-x11-'));
  writeFileSync(join(folder, 'libX11.so.6'), '');
  afterAll(() => rmSync(folder, { recursive: true }));
  const environment = { LD_LIBRARY_PATH: [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') };

  it('koffi works', () => {
    expect(bound('koffi', 'failing-device', environment)).toEqual({ value: -7 });
  });

  it('auto works through koffi alone and says why', () => {
    expect(bound('auto', 'failing-device', environment)).toEqual({ value: -7 });
    const { value } = bound('auto', 'open', environment) as { value: { note: string; route: string } };
    expect(value.route).toBe('koffi');
    expect(value.note).toMatch(
      /^nvk did not load \(.*libX11\.so\.6.*\), so every command goes through koffi; install it/,
    );
  });

  it('nvk throws an environment error that says what to install', () => {
    expect(bound('nvk', 'open', environment)).toEqual({
      code: 'environment',
      message: expect.stringMatching(/^Cannot load nvk: .*libX11\.so\.6/) as string,
      hint: 'install it (Debian: `apt-get install libx11-6`), or use --binding koffi',
    });
  });
});
