// What the tests can use beyond a device. Each tool is looked for where its user looks for it, so one
// that was brought by hand counts as well.
import { join } from 'node:path';
import type { SystemFiles } from '../base/system-files.ts';
import { cacheFolder } from './cache-folder.ts';
import { findCommand } from './find-command.ts';
import { findLibrary } from './find-library.ts';
import { folderNames } from './folder-names.ts';
import { readDistribution } from './linux-distribution.ts';
import { splitPaths } from './path-list.ts';
import { unpackedPath } from './unpacked-folder.ts';
import { manifestFolders } from './vulkan-folders.ts';

/** A tool that some tests need. */
export type TestTool =
  | 'chromium'
  | 'glslang'
  | 'slurm'
  | 'spirv-tools'
  | 'validation-layer'
  | 'vulkan-headers'
  | 'x11-library';

interface TestToolRule {
  readonly packages: readonly string[];
  readonly isThere: (files: SystemFiles, env: NodeJS.ProcessEnv) => boolean;
}

const RULES: Readonly<Record<TestTool, TestToolRule>> = {
  chromium: {
    // Without a font a browser can draw no text, and Debian's chromium only recommends one.
    packages: ['chromium', 'fonts-liberation'],
    isThere: (files, env) => findBrowser(files, env) !== undefined,
  },
  glslang: {
    packages: ['glslang-tools'],
    isThere: (files, env) => findCommand('glslangValidator', files, env) !== undefined,
  },
  slurm: {
    packages: ['slurmctld', 'slurmd', 'slurm-client', 'munge'],
    isThere: (files, env) => findSlurm(files, env) !== undefined,
  },
  'spirv-tools': {
    packages: ['spirv-tools'],
    isThere: (files, env) => findCommand('spirv-val', files, env) !== undefined,
  },
  'validation-layer': { packages: ['vulkan-validationlayers'], isThere: hasValidationLayer },
  'vulkan-headers': { packages: ['libvulkan-dev'], isThere: hasVulkanHeaders },
  'x11-library': {
    packages: ['libx11-6'],
    isThere: (files, env) => findLibrary('libX11.so.6', files, env) !== undefined,
  },
};

/** The tools that a test under `env` would not find. */
export function missingTestTools(files: SystemFiles, env: NodeJS.ProcessEnv): readonly TestTool[] {
  return (Object.keys(RULES) as TestTool[]).filter((tool) => !RULES[tool].isThere(files, env));
}

/** The Debian packages that hold `tools`. */
export function testToolPackages(tools: readonly TestTool[]): readonly string[] {
  return tools.flatMap((tool) => RULES[tool].packages);
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of the browser tests: the one that `GUESTMARK_CHROMIUM` names, else Chromium or Chrome on PATH. */
export function findBrowser(files: SystemFiles, env: NodeJS.ProcessEnv): string | undefined {
  if (env.GUESTMARK_CHROMIUM) return env.GUESTMARK_CHROMIUM;
  return BROWSERS.flatMap((name) => findCommand(name, files, env) ?? [])[0];
}

const SLURM_DAEMONS = ['slurmctld', 'slurmd', 'slurmstepd', 'munged'];

/** The folder below which Slurm's programs are in usr/sbin and usr/bin: the system's root, or where the tests' packages are unpacked. */
export function findSlurm(files: SystemFiles, env: NodeJS.ProcessEnv): string | undefined {
  const unpacked = join(unpackedPath(cacheFolder(env), readDistribution(files), 'slurm'), 'root');
  return ['/', unpacked].find((root) =>
    SLURM_DAEMONS.every((name) => findDaemon(name, root, files) !== undefined),
  );
}

/** Debian has them as `slurmd-wlm`; the plain names are links that only an installation makes. */
export function findDaemon(name: string, root: string, files: SystemFiles): string | undefined {
  const folder = join(root, 'usr/sbin');
  const there = folderNames(files, folder);
  return [`${name}-wlm`, name].filter((one) => there.includes(one)).map((one) => join(folder, one))[0];
}

function hasValidationLayer(files: SystemFiles, env: NodeJS.ProcessEnv): boolean {
  const chosen = splitPaths(env.VK_LAYER_PATH);
  const folders = chosen.length > 0 ? chosen : manifestFolders('explicit_layer.d', env);
  return folders.some((folder) => folderNames(files, folder).includes('VkLayer_khronos_validation.json'));
}

function hasVulkanHeaders(files: SystemFiles, env: NodeJS.ProcessEnv): boolean {
  const headers = join(env.GUESTMARK_VULKAN_HEADERS ?? '/usr/include', 'vulkan');
  const registry = env.GUESTMARK_VULKAN_REGISTRY ?? '/usr/share/vulkan/registry/vk.xml';
  return folderNames(files, headers).includes('vulkan_core.h') && files.read(registry).available;
}
