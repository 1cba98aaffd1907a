// Brings packages without any rights: apt-get downloads into a private state folder what the machine
// lacks, dpkg-deb unpacks it into the cache folder. No package script runs; the system is not touched.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openApt } from './apt.ts';
import { type AptPlan, describeAptPlan } from './apt-output.ts';
import { findDriver } from './find-driver.ts';
import { layOut } from './lay-out.ts';
import type { Machine } from './machine.ts';
import { CannotBring, type PackageRequest } from './package-request.ts';
import { fillFolder, type Unpacked, type UnpackedRecord } from './unpacked.ts';

/**
 * Unpacks what the machine lacks of `request.packages` into `folder`.
 *
 * @throws CannotBring when apt-get or dpkg-deb cannot.
 */
export async function unpackPackages(
  machine: Machine,
  request: PackageRequest,
  folder: string,
): Promise<Unpacked> {
  try {
    return await fillFolder(folder, (temporary) => fill(machine, request, folder, temporary));
  } catch (error) {
    if (error instanceof CannotBring) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = `${code ?? message} in ${machine.cacheFolder} (GUESTMARK_CACHE can name another folder)`;
    throw new CannotBring(reason, { cause: error });
  }
}

async function fill(
  machine: Machine,
  request: PackageRequest,
  folder: string,
  temporary: string,
): Promise<UnpackedRecord> {
  const state = join(temporary, 'apt');
  const apt = await openApt(machine, await privateState(machine, state));
  const plan = await apt.plan(request.packages);
  if (typeof plan === 'string') throw new CannotBring(plan);
  request.say(
    `${request.why}: unpacking ${request.what} into ${folder} (${describeAptPlan(plan)}; no root needed)`,
  );
  const failure = await apt.install(request.packages, 'download');
  if (failure !== undefined) throw new CannotBring(failure);
  await unpackAll(machine, join(state, 'cache/archives'), join(temporary, 'root'));
  await rm(state, { recursive: true });
  return describeUnpacked(machine, plan, temporary);
}

function describeUnpacked(machine: Machine, plan: AptPlan, temporary: string): UnpackedRecord {
  return {
    schema: 1,
    packages: plan.packages,
    downloadBytes: plan.downloadBytes,
    diskBytes: plan.diskBytes.available ? plan.diskBytes.value : null,
    system: findDriver(machine.files, machine.env),
    ...layOut(temporary),
  };
}

async function unpackAll(machine: Machine, archives: string, root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  for (const name of (await readdir(archives)).sort()) {
    if (!name.endsWith('.deb')) continue;
    const result = await machine.run('dpkg-deb', ['-x', join(archives, name), root], { env: machine.env });
    if (result.exit !== 0) throw new CannotBring(`${name}: ${result.stderr.trim() || result.exit}`);
  }
}

/** Makes the folders of a private apt-get state and returns the options that lead to it. */
async function privateState(machine: Machine, state: string): Promise<readonly string[]> {
  await mkdir(join(state, 'lists/partial'), { recursive: true });
  await mkdir(join(state, 'cache/archives/partial'), { recursive: true });
  const status = join(state, 'status');
  const installed = machine.files.read('/var/lib/dpkg/status');
  if (!installed.available) throw new CannotBring(installed.reason);
  await writeFile(status, withPython(installed.value));
  const settings = [
    `Dir::State=${state}`,
    `Dir::State::Lists=${join(state, 'lists')}`,
    `Dir::State::status=${status}`,
    `Dir::Cache=${join(state, 'cache')}`,
    'Acquire::Languages=none',
    'Debug::NoLocking=1',
    'APT::Sandbox::User=',
  ];
  return settings.flatMap((setting) => ['-o', setting]);
}

/**
 * A copy of dpkg's status that claims Python is there: the Mesa and Vulkan packages depend on it for
 * scripts that nothing here runs, and it would double the number of packages.
 */
export function withPython(status: string): string {
  if (/^Package: python3$/m.test(status)) return status;
  const arch = /^Package: dpkg\n(?:.+\n)*?Architecture: (\S+)/m.exec(status)?.[1] ?? 'amd64';
  const stanza = [
    'Package: python3',
    'Status: install ok installed',
    'Maintainer: none',
    `Architecture: ${arch}`,
    'Multi-Arch: allowed',
    'Version: 3.99',
    'Description: stand-in',
  ];
  return `${status.trimEnd()}\n\n${stanza.join('\n')}\n`;
}
