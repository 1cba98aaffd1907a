// The options that the running kernel was built with, from the places where distributions leave them.
// The only compressed file that the product reads, hence its own reader beside SystemFiles.
import { gunzipSync } from 'node:zlib';
import { type Available, available, unavailable } from '../base/availability.ts';
import { readSystemBytes, type SystemFiles } from '../base/system-files.ts';
import { type Fact, fact } from './fact.ts';

/** The text of the kernel's configuration, and the file it comes from. */
export interface KernelConfig {
  readonly text: string;
  readonly path: string;
}

/**
 * Finds the running kernel's configuration. A file below /boot counts only when it bears the running release:
 * in a container that folder is another system's.
 *
 * @param root The root that `files` reads below; `/` is this machine.
 */
export function readKernelConfig(files: SystemFiles, root: string): Available<KernelConfig> {
  const embedded = readCompressed(root, '/proc/config.gz');
  if (embedded.available) return embedded;
  const release = files.read('/proc/sys/kernel/osrelease');
  if (!release.available)
    return unavailable(`no kernel configuration: ${embedded.reason}, ${release.reason}`);
  const name = release.value.slice(0, LONGEST_RELEASE).trim();
  for (const path of [
    `/boot/config-${name}`,
    `/lib/modules/${name}/config`,
    `/usr/lib/modules/${name}/config`,
  ]) {
    const text = files.read(path);
    if (text.available) return available({ text: text.value, path });
  }
  return unavailable(
    `no kernel configuration: ${embedded.reason}, and none of ${name} in /boot or /lib/modules`,
  );
}

/** __NEW_UTS_LEN. */
const LONGEST_RELEASE = 64;

/** A configuration has some 300 KiB; a few bytes from a stranger can unpack to gigabytes. */
const MOST_BYTES = 4 * 2 ** 20;

function readCompressed(root: string, path: string): Available<KernelConfig> {
  const bytes = readSystemBytes(root, path);
  if (!bytes.available) return bytes;
  try {
    const text = gunzipSync(bytes.value, { maxOutputLength: MOST_BYTES }).toString('utf8');
    return available({ text, path });
  } catch (error) {
    return unavailable(`${path}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`);
  }
}

/** Whether an option is built in. One that the configuration does not mention does not exist in that kernel. */
export function isBuiltIn(config: Available<KernelConfig>, option: string): Fact<boolean> {
  if (!config.available) return config;
  const { text, path } = config.value;
  if (new RegExp(`^${option}=y$`, 'm').test(text)) return fact(true, `${path}: ${option}=y`);
  const state = text.includes(`# ${option} is not set`) ? 'is not set' : 'does not occur';
  return fact(false, `${path}: ${option} ${state}`);
}
