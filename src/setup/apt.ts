// apt-get, asked in the C locale and without questions. One set of options makes it work on the system,
// another on a private state folder that needs no rights.
import { type AptPlan, aptFailure, parseAptPlan } from './apt-output.ts';
import type { Machine } from './machine.ts';
import type { CommandResult } from './run-command.ts';

/** Asks apt-get for packages. */
export interface Apt {
  /** What installing `packages` would fetch, or why that cannot be had. */
  plan(packages: readonly string[]): Promise<AptPlan | string>;
  /** Installs `packages`, or only downloads them; `undefined` on success, else why not. */
  install(packages: readonly string[], mode: 'install' | 'download'): Promise<string | undefined>;
}

/** A fresh machine may be updating itself: wait this long for the package lock. */
const LOCK_TIMEOUT_S = 300;

/** apt-get with fresh package lists, under `options`. */
export async function openApt(machine: Machine, options: readonly string[]): Promise<Apt> {
  const run = (...args: readonly string[]): Promise<CommandResult> =>
    machine.run('apt-get', ['-o', `DPkg::Lock::Timeout=${LOCK_TIMEOUT_S}`, ...options, ...args], {
      env: quietEnvironment(machine.env),
    });
  // An update that fails for one source of many is no reason to stop; what counts is what it found.
  const update = await run('update');
  const failure = (result: CommandResult): string =>
    aptFailure(result.exit === 'ENOENT' ? 'E: there is no apt-get' : '', update.stderr, result.stderr);
  const wanted = ['-y', '--no-install-recommends'];
  return {
    async plan(packages) {
      const result = await run(...wanted, '--print-uris', 'install', ...packages);
      return result.exit === 0 ? parseAptPlan(result.stdout) : failure(result);
    },
    async install(packages, mode) {
      const extra = mode === 'download' ? ['--download-only'] : [];
      const result = await run(...wanted, ...extra, 'install', ...packages);
      return result.exit === 0 ? undefined : failure(result);
    },
  };
}

function quietEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1' };
}
