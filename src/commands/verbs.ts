// The verbs of the command line and where each is, in the order in which help shows them. Only the one that is asked for is
// loaded; help, and a verb that does not exist, need all.
import type { Command } from 'commander';
import { loadPart } from '../base/load-part.ts';
import type { ProgramContext } from './shared-options.ts';

/** Adds a verb with its options to the program. */
type AddVerb = (program: Command, context: ProgramContext) => void;

const VERBS: Readonly<Record<string, () => Promise<AddVerb>>> = {
  run: async () => (await import('./program-run.ts')).addRun,
  check: async () => (await import('./program-shaders.ts')).addCheck,
  init: async () => (await import('./program-shaders.ts')).addInit,
  compare: async () => (await import('./program-compare.ts')).addCompare,
  report: async () => (await import('./program-report.ts')).addReport,
  merge: async () => (await import('./program-merge.ts')).addMerge,
  history: async () => (await import('./program-history.ts')).addHistory,
  fleet: async () => (await import('./program-fleet.ts')).addFleet,
  tenants: async () => (await import('./program-tenants.ts')).addTenants,
  export: async () => (await import('./program-export.ts')).addExport,
  time: async () => (await import('./program-time.ts')).addTime,
  devices: async () => (await import('./program.ts')).addDevices,
  system: async () => (await import('./program-system.ts')).addSystem,
  counters: async () => (await import('./program-counters.ts')).addCounters,
  list: async () => (await import('./program.ts')).addList,
  clocks: async () => (await import('./program-clocks.ts')).addClocks,
  stalls: async () => (await import('./program-stalls.ts')).addStalls,
  'time-server': async () => (await import('./time-server-options.ts')).addTimeServer,
  setup: async () => (await import('./program.ts')).addSetup,
};

/**
 * The verbs that a command line needs: its own, or all of them.
 *
 * @param first The first word of the command line.
 * @throws GuestmarkError (environment) when they cannot be loaded.
 */
export function loadVerbs(first: string | undefined): Promise<readonly AddVerb[]> {
  const own = first !== undefined && Object.hasOwn(VERBS, first) ? VERBS[first] : undefined;
  const wanted = own === undefined ? Object.values(VERBS) : [own];
  return loadPart(Promise.all(wanted.map((load) => load())));
}
