// Brings packages by the one route that a machine allows: installed with root, unpacked without. What would start services is never
// installed.
import { openApt } from './apt.ts';
import { describeAptPlan } from './apt-output.ts';
import { type Machine, packageRoute } from './machine.ts';
import { CannotBring, type PackageRequest } from './package-request.ts';
import { unpackPackages } from './unpack-packages.ts';
import { type UnpackedName, unpackedFolder } from './unpacked-folder.ts';

/**
 * Installs the packages (as root) or unpacks them below the cache folder: Slurm always, whose daemons would start by themselves.
 *
 * @returns Which of the two was done.
 * @throws CannotBring with the reason.
 */
export async function bringPackages(
  machine: Machine,
  request: PackageRequest,
  name: UnpackedName,
): Promise<'installed' | 'unpacked'> {
  const route = packageRoute(machine);
  switch (name === 'slurm' && route === 'install' ? 'unpack' : route) {
    case 'none':
      throw new CannotBring('this machine has no apt-get');
    case 'unpack':
      await unpackPackages(machine, request, unpackedFolder(machine, name));
      return 'unpacked';
    case 'install':
      await installPackages(machine, request);
      return 'installed';
  }
}

async function installPackages(machine: Machine, request: PackageRequest): Promise<void> {
  const apt = await openApt(machine, []);
  const plan = await apt.plan(request.packages);
  if (typeof plan === 'string') throw new CannotBring(plan);
  request.say(`${request.why}: installing ${request.what} with apt-get (${describeAptPlan(plan)})`);
  const failure = await apt.install(request.packages, 'install');
  if (failure !== undefined) throw new CannotBring(failure);
}
