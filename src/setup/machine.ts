// What setup may look at and touch, gathered once, so that a test can put another machine in its place.
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { cacheFolder, environmentOutside } from './cache-folder.ts';
import { findCommand } from './find-command.ts';
import { type LinuxDistribution, readDistribution } from './linux-distribution.ts';
import { type RunCommand, runCommand } from './run-command.ts';

/** A machine that may lack a Vulkan driver. */
export interface Machine {
  /** The environment without guestmark's own additions. */
  readonly env: NodeJS.ProcessEnv;
  readonly files: SystemFiles;
  readonly run: RunCommand;
  /** Whether system packages may be installed. */
  readonly isRoot: boolean;
  /** Absolute path; need not exist. */
  readonly cacheFolder: string;
  readonly distribution: LinuxDistribution;
}

/** This machine, or with some of its parts replaced. */
export function describeMachine(parts: Partial<Omit<Machine, 'cacheFolder'>> = {}): Machine {
  const env = parts.env ?? process.env;
  const files = parts.files ?? systemFiles();
  const folder = cacheFolder(env);
  return {
    env: environmentOutside(folder, env),
    files,
    run: parts.run ?? runCommand,
    isRoot: parts.isRoot ?? process.getuid?.() === 0,
    cacheFolder: folder,
    distribution: parts.distribution ?? readDistribution(files),
  };
}

/** How packages can be brought onto a machine: into the system, into the cache folder, or not at all. */
export type PackageRoute = 'install' | 'unpack' | 'none';

/** Chooses the route: the system is changed only by root, and only where apt-get manages it. */
export function packageRoute(machine: Machine): PackageRoute {
  const has = (command: string): boolean => findCommand(command, machine.files, machine.env) !== undefined;
  if (!has('apt-get')) return 'none';
  if (machine.isRoot) return 'install';
  return has('dpkg-deb') ? 'unpack' : 'none';
}
