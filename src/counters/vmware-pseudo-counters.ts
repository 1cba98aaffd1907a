// VMware's pseudo performance counters: the host's time stamp counter, real time and apparent time, by RDPMC. Where the host
// does not offer them the instruction kills the process, so that it is only tried where CPUID says VMware, and in a process
// of its own. See "Timekeeping in VMware Virtual Machines" (VMware).
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { CounterContext, CounterDescription, CounterGroupDefinition, CounterSource } from './counter.ts';
import { type CounterRow, rowSource } from './counter-rows.ts';
import { vmwareSignature } from './vmware-signature.ts';

const ID = 'vmware-pseudo-counters';

export const VMWARE_PSEUDO_COUNTERS: CounterGroupDefinition = {
  id: ID,
  title: "VMware's pseudo performance counters, by RDPMC",
  disturbs: 'it starts a process, to be opened and for each reading',
  open: (context) => openPseudoCounters(context),
};

/** What a test may change. */
export interface PseudoCounterOptions {
  /** Tries the instruction whatever CPUID says. */
  readonly assumeVmware?: boolean;
  /** Runs the child with these arguments until it ends. */
  readonly run?: RunChild;
}

/** Runs our script in a process of its own. */
export type RunChild = (
  args: readonly string[],
) => Pick<SpawnSyncReturns<string>, 'stdout' | 'signal' | 'status' | 'error'>;

/** Opens the counters and reads them once, because only that tells whether they are there. */
export function openPseudoCounters(
  { machine }: CounterContext,
  { assumeVmware = false, run = runChild }: PseudoCounterOptions = {},
): Available<CounterSource> {
  const isVmware = assumeVmware ? available(null) : vmwareSignature(machine);
  if (!isVmware.available) return isVmware;
  const first = readAll(run);
  if (!first.available) return first;
  let values: Available<readonly number[]> = first;
  const prepare = (): Available<readonly number[]> => {
    values = readAll(run);
    return values;
  };
  const rows = COUNTERS.map((counter, index) =>
    rowOf(counter, () => mapAvailable(values, (all) => all[index] as number)),
  );
  // The start of a process takes tens of milliseconds.
  return available(rowSource(rows, { slow: true, prepare }));
}

interface PseudoCounter extends Pick<CounterDescription, 'unit' | 'description'> {
  readonly name: string;
  /** What RDPMC is asked for. */
  readonly index: number;
}

const COUNTERS: readonly PseudoCounter[] = [
  {
    name: 'host-tsc',
    index: 0x1_0000,
    unit: 'cycles',
    description: "The time stamp counter of the host's CPU",
  },
  {
    name: 'elapsed-real-time',
    index: 0x1_0001,
    unit: 'ns',
    description: 'Real time since this virtual machine was started',
  },
  {
    name: 'elapsed-apparent-time',
    index: 0x1_0002,
    unit: 'ns',
    description: 'Time as this virtual machine sees it, which falls behind real time while it does not run',
  },
];

function rowOf({ name, index, ...rest }: PseudoCounter, read: () => Available<number>): CounterRow {
  const source = `RDPMC 0x${index.toString(16)}, in a process of its own`;
  return {
    counter: { ...rest, name: `${ID}:${name}`, kind: 'count', source, step: null, wrapBits: null, scale: 1 },
    read,
  };
}

const ENTRY = import.meta.url.endsWith('.ts')
  ? '../../dist/counters/pseudo-counter-child.js'
  : './pseudo-counter-child.js';
const TIMEOUT_MS = 2_000;

function runChild(args: readonly string[]): SpawnSyncReturns<string> {
  // What a user set for Node is not for this child: a debugger would make it wait.
  const { NODE_OPTIONS: _ignored, ...env } = process.env;
  const script = fileURLToPath(new URL(ENTRY, import.meta.url));
  return spawnSync(process.execPath, [script, ...args], {
    env,
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** The counters in their order. */
function readAll(run: RunChild): Available<readonly number[]> {
  const { stdout, signal, status, error } = run(COUNTERS.map(({ index }) => String(index)));
  if (signal === 'SIGSEGV') {
    return unavailable(
      'RDPMC is not allowed here: the host must set monitor_control.pseudo_perfctr = TRUE for this machine',
    );
  }
  if (error !== undefined) {
    const isLate = (error as NodeJS.ErrnoException).code === 'ETIMEDOUT';
    return unavailable(
      isLate ? `the process that asks gave no answer within ${TIMEOUT_MS / 1e3} s` : error.message,
    );
  }
  if (signal !== null || status !== 0)
    return unavailable(`the process that asks ended by ${signal ?? status}`);
  return numbersOf(stdout);
}

function numbersOf(text: string): Available<readonly number[]> {
  const words = text.trim().split(' ');
  const areNumbers = words.length === COUNTERS.length && words.every((word) => /^\d{1,20}$/.test(word));
  return areNumbers
    ? available(words.map(Number))
    : unavailable(`the process that asks says: ${text.trim().slice(0, 200)}`);
}
