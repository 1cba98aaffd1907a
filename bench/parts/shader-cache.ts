// A device of its own whose driver keeps compiled shaders on disk where it is told to, or not at all: what a user's cache
// holds must not decide a figure, and thousands of throw-away kernels must not fill it. Drivers look at their environment
// when they start, so this is only in it while that instance and device are opened.
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostContext } from 'guestmark';
import { type LogicalDevice, openDevice } from 'guestmark/vulkan';

/** A folder that is removed with the scope. */
export function temporaryFolder(scope: HostContext['scope']): string {
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-pipelines-'));
  scope.defer(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The variables of Mesa (its documentation, "Environment Variables") and of NVIDIA's driver (its README, chapter 11). */
export function cacheVariables(folder: string, enabled: boolean): Readonly<Record<string, string>> {
  return {
    MESA_SHADER_CACHE_DISABLE: enabled ? 'false' : 'true',
    MESA_SHADER_CACHE_DIR: folder,
    __GL_SHADER_DISK_CACHE: enabled ? '1' : '0',
    __GL_SHADER_DISK_CACHE_PATH: folder,
  };
}

/** Opens the device of the session once more, in an instance of its own. */
export function openWithCache(
  session: LogicalDevice,
  scope: HostContext['scope'],
  variables: Readonly<Record<string, string>>,
): LogicalDevice {
  const { instance, info, family, options } = session;
  const opened = withEnvironment(variables, () =>
    openDevice({
      ...instance.options,
      binding: instance.binding.name,
      match: String(info.index),
      queueFamily: family.index,
      robustBufferAccess: options.robustBufferAccess === true,
    }),
  );
  const { vulkan } = scope.use(opened).device;
  if (!vulkan.available) throw new Error(vulkan.reason);
  return vulkan.value;
}

/** Node passes a change of process.env on to the C library of the process, except in a worker thread. */
export function withEnvironment<T>(variables: Readonly<Record<string, string>>, act: () => T): T {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  try {
    Object.assign(process.env, variables);
    return act();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** Bytes that the files of a folder take on the disk: a cache's index is a file with a hole in it. */
export function bytesOnDisk(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => lstatSync(join(folder, file)))
    .filter((entry) => entry.isFile())
    .reduce((sum, { blocks }) => sum + 512 * blocks, 0);
}
