// Setup: after it a child process finds a Vulkan device, or the user knows what to type. A machine that
// has a device, real or software, is left as it is.
import { GuestmarkError } from '../base/errors.ts';
import { bringPackages } from './bring-packages.ts';
import { driverEnvironment } from './driver-environment.ts';
import { findDriver } from './find-driver.ts';
import { driverCommand } from './linux-distribution.ts';
import { describeMachine, type Machine } from './machine.ts';
import { CannotBring, type PackageRequest } from './package-request.ts';
import { type ProbeDevices, probeWithCli } from './probe-devices.ts';
import { missingTestTools, type TestTool, testToolPackages } from './test-tools.ts';
import { readUnpacked, writeRecord } from './unpacked.ts';
import { type UnpackedName, unpackedFolder } from './unpacked-folder.ts';

/** What setup is asked to do. */
export interface SetupRequest {
  /** `tests` brings the tools that the tests use as well. */
  readonly purpose: 'run' | 'tests';
  /** Takes one line for the user whenever something is about to be done. */
  readonly say: (line: string) => void;
  /** The machine to set up; this one by default. */
  readonly machine?: Machine;
  /** How to look for devices; `guestmark devices` of this build by default. */
  readonly probe?: ProbeDevices;
}

/** What setup found and did. */
export interface SetupOutcome {
  /** The names of the devices, as Vulkan lists them. */
  readonly devices: readonly string[];
  /** Variables to add to the environment of every child that uses Vulkan. */
  readonly environment: Readonly<Record<string, string>>;
  /** What was brought, in words; empty when everything was there. */
  readonly done: readonly string[];
  /** The test tools that are not to be had (purpose `tests` only). */
  readonly missing: readonly TestTool[];
}

const LOADER_PACKAGES = ['libvulkan1', 'libx11-6', 'libxext6'];
const DRIVER_PACKAGES = ['mesa-vulkan-drivers', ...LOADER_PACKAGES];

/**
 * Makes sure that a child process finds a Vulkan device.
 *
 * @throws GuestmarkError (environment) when there is none and none can be brought.
 */
export async function ensureDriver(request: SetupRequest): Promise<SetupOutcome> {
  const machine = request.machine ?? describeMachine();
  const setup = { machine, probe: request.probe ?? probeWithCli(), say: request.say };
  const driver = await ensureDevice(setup);
  if (request.purpose === 'run') {
    return { ...driver, environment: driverEnvironment(machine), missing: [] };
  }
  const tools = await ensureTestTools(setup);
  const environment = driverEnvironment(machine);
  if (tools.missing.length > 0) environment.GUESTMARK_MISSING_TEST_TOOLS = tools.missing.join(',');
  return { ...driver, environment, done: [...driver.done, ...tools.done], missing: tools.missing };
}

interface Setup {
  readonly machine: Machine;
  readonly probe: ProbeDevices;
  readonly say: (line: string) => void;
}

/** Probes, and after every attempt to help probes again. */
async function ensureDevice(setup: Setup): Promise<Pick<SetupOutcome, 'devices' | 'done'>> {
  const { machine, probe } = setup;
  const look = (): ReturnType<ProbeDevices> => probe({ ...machine.env, ...driverEnvironment(machine) });
  const done: string[] = [];
  let found = await look();
  for (const attempt of attempts(setup)) {
    if (found.available) break;
    const what = await attempt();
    if (what === undefined) continue;
    done.push(what);
    found = await look();
  }
  if (found.available) return { devices: found.value, done };
  throw new GuestmarkError('environment', `Cannot use the software Vulkan driver: ${found.reason}`);
}

type Attempt = () => Promise<string | undefined>;

/** What can help, cheapest first. Each does one thing and names it, or returns `undefined`. */
function attempts(setup: Setup): readonly Attempt[] {
  const loader = { packages: LOADER_PACKAGES, what: 'the Vulkan loader', why: 'No Vulkan loader' };
  const driver = {
    packages: DRIVER_PACKAGES,
    what: "Mesa's Vulkan drivers with the software device lavapipe",
    why: 'No Vulkan device',
  };
  return [
    () => adoptUnpacked(setup.machine),
    async () => (needsOnlyLoader(setup.machine) ? bringDriver(setup, loader) : undefined),
    () => bringDriver(setup, driver),
  ];
}

/** A driver unpacked earlier counts again if the system changed since and still has no device. */
async function adoptUnpacked(machine: Machine): Promise<string | undefined> {
  const unpacked = readUnpacked(unpackedFolder(machine, 'vulkan-driver'));
  if (unpacked === undefined) return undefined;
  const system = findDriver(machine.files, machine.env);
  writeRecord({ ...unpacked, record: { ...unpacked.record, system } });
  return 'took up the driver unpacked earlier';
}

/** Drivers without a loader: a container that is lent a GPU. */
function needsOnlyLoader(machine: Machine): boolean {
  const { loader, manifests } = findDriver(machine.files, machine.env);
  return loader === null && manifests.length > 0;
}

async function bringDriver(setup: Setup, wanted: Omit<PackageRequest, 'say'>): Promise<string> {
  const { machine, say } = setup;
  try {
    const how = await bringPackages(machine, { ...wanted, say }, 'vulkan-driver');
    return `${how} ${wanted.what}`;
  } catch (error) {
    if (!(error instanceof CannotBring)) throw error;
    const command = driverCommand(machine.distribution, machine.isRoot);
    const hint = command ? `\`${command}\` would bring one` : 'install a Vulkan loader and driver';
    throw new GuestmarkError('environment', `Cannot bring a software Vulkan driver: ${error.message}`, {
      hint,
      cause: error,
    });
  }
}

/** The tests can do without their tools, so failing to bring them is said and is no error. */
async function ensureTestTools(setup: Setup): Promise<Pick<SetupOutcome, 'done' | 'missing'>> {
  const { machine } = setup;
  const missingWith = (environment: Record<string, string>): readonly TestTool[] =>
    missingTestTools(machine.files, { ...machine.env, ...environment });
  const missing = (): readonly TestTool[] => missingWith(driverEnvironment(machine));
  const lacking = missing();
  const done: string[] = [];
  if (lacking.some((tool) => tool !== 'slurm')) {
    // Tools unpacked earlier are brought again: the new folder takes the place of theirs.
    const wanted = missingWith(driverEnvironment(machine, ['vulkan-driver']));
    done.push(
      ...(await bringSharedTools(
        setup,
        wanted.filter((tool) => tool !== 'slurm'),
      )),
    );
  }
  if (lacking.includes('slurm')) done.push(...(await bringTestTools(setup, ['slurm'], 'slurm')));
  return { done, missing: missing() };
}

async function bringSharedTools(setup: Setup, wanted: readonly TestTool[]): Promise<readonly string[]> {
  // Not every archive has a browser as a package; the other tools come without it then.
  const others = wanted.filter((tool) => tool !== 'chromium');
  const done = await bringTestTools(setup, wanted, 'test-tools');
  if (done.length > 0 || others.length === 0 || others.length === wanted.length) return done;
  return bringTestTools(setup, others, 'test-tools');
}

/** What was brought, in words; nothing where it cannot be had, which is said. */
async function bringTestTools(
  { machine, say }: Setup,
  tools: readonly TestTool[],
  name: UnpackedName,
): Promise<readonly string[]> {
  const what = `the test tools ${tools.join(', ')}`;
  const request = { packages: testToolPackages(tools), what, why: 'For the tests', say };
  try {
    return [`${await bringPackages(machine, request, name)} ${what}`];
  } catch (error) {
    if (!(error instanceof CannotBring)) throw error;
    say(`For the tests: cannot bring ${what}: ${error.message}; the tests that need them are skipped`);
    return [];
  }
}
