// The command line of a report that is continued: read again as it was typed, and compared with what is typed now. What it said
// about the measurement holds; only where results go may be said anew.
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { GuestmarkError } from '../base/errors.ts';
import { formatNs } from '../base/units.ts';
import type { CommandRecord } from '../report/report.ts';
import { moduleUrls } from './option-values.ts';
import type { RunOptions } from './run.ts';
import { addRunOptions, type RunFlags } from './run-flags.ts';
import { parseRunWords, type RunLine } from './run-line.ts';
import { runOptions } from './run-options.ts';

/** What is typed now: `given` are the flags without defaults. */
export interface TypedLine extends RunLine {
  readonly argv: readonly string[];
  readonly given: Partial<RunFlags>;
}

/** Where results go, how another machine trusts this one, and what a compiler may keep: they change no sample. */
const FREE: ReadonlySet<string> = new Set([
  'out',
  'json',
  'resume',
  'externalKeyFile',
  'cache',
  'compileLimit',
]);

/**
 * The options with which a report is continued.
 *
 * @param name What to call the report: its path.
 * @throws GuestmarkError (usage) where its command line cannot be read again, or says something else than what is typed now.
 */
export function continuedOptions(command: CommandRecord, typed: TypedLine, name: string): RunOptions {
  const line = parseRunLine(command.argv, name);
  const free = Object.fromEntries(Object.entries(typed.given).filter(([flag]) => FREE.has(flag)));
  const { out, json } = typed.flags;
  const flags = { ...line.flags, ...free, ...(out === undefined ? {} : { out }), json };
  const options = runOptions(line.selectors, flags, command.argv);
  refuseOther({ selectors: line.selectors, flags: resolved(options, line.flags) }, typed, name);
  refuseEdited(command, options, name);
  return options;
}

function cannotResume(name: string, state: string, hint: string): GuestmarkError {
  return new GuestmarkError('usage', `Cannot resume ${name}: ${state}`, { hint });
}

/** Reads a command line as commander does at the start of the program. */
function parseRunLine(argv: readonly string[], name: string): RunLine {
  const [verb, ...words] = argv;
  if (verb !== 'run')
    throw cannotResume(name, 'it does not say by which command line it was begun', 'start a new report');
  try {
    return parseRunWords(words);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const state = `its command line cannot be read any more: ${error.message.replace(/^error: /, '')}`;
    throw cannotResume(name, state, 'run it in the folder in which it was begun');
  }
}

/** The flags with the values that they stand for, so that a default and the same value given are one. */
function resolved(options: RunOptions, flags: RunFlags): Partial<Record<keyof RunFlags, unknown>> {
  return comparable({
    ...flags,
    runs: options.runs,
    minTime: options.minTimeNs,
    maxTime: options.maxTimeNs,
    timeout: options.timeoutNs,
  });
}

/** Paths in one form. */
function comparable(flags: Partial<RunFlags>): Partial<Record<keyof RunFlags, unknown>> {
  const { module, dumpOutputs } = flags;
  return {
    ...flags,
    ...(module === undefined ? {} : { module: moduleUrls(module) }),
    ...(dumpOutputs === undefined ? {} : { dumpOutputs: resolve(dumpOutputs) }),
  };
}

interface Earlier {
  readonly selectors: readonly string[];
  readonly flags: Partial<Record<keyof RunFlags, unknown>>;
}

/** Whatever is typed must be what was typed then; what is not typed is taken from there. */
function refuseOther(earlier: Earlier, typed: TypedLine, name: string): void {
  const hint = 'leave it out, or start a new report with another --out';
  if (typed.selectors.length > 0 && typed.selectors.join('\n') !== earlier.selectors.join('\n')) {
    const [now, then] = [typed.selectors, earlier.selectors].map((words) => words.join(' '));
    throw cannotResume(name, `it was begun with ${then || 'the whole suite'} and not with ${now}`, hint);
  }
  for (const [flag, value] of Object.entries(comparable(typed.given))) {
    const then = earlier.flags[flag as keyof RunFlags];
    if (FREE.has(flag) || JSON.stringify(then) === JSON.stringify(value)) continue;
    const state = `${optionName(flag)} is ${shown(flag, value)} and was ${shown(flag, then)}`;
    throw cannotResume(name, state, hint);
  }
}

/** `--min-time` for minTime. */
function optionName(flag: string): string {
  const option = addRunOptions(new Command('run')).options.find((one) => one.attributeName() === flag);
  return option?.long ?? `--${flag}`;
}

const DURATIONS: ReadonlySet<string> = new Set(['minTime', 'maxTime', 'timeout']);

function shown(flag: string, value: unknown): string {
  if (value === undefined) return 'not given';
  if (DURATIONS.has(flag) && typeof value === 'number') return formatNs(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The record and the command line say the same twice, unless somebody changed one of them or the folder is another. */
function refuseEdited(command: CommandRecord, options: RunOptions, name: string): void {
  const now = options as unknown as Readonly<Record<string, unknown>>;
  for (const [field, then] of Object.entries(command)) {
    if (JSON.stringify(now[field]) === JSON.stringify(then)) continue;
    const state = `its command line means ${field} ${JSON.stringify(now[field])} here, and it says ${JSON.stringify(then)}`;
    throw cannotResume(name, state, 'run it in the folder in which it was begun; was it edited?');
  }
}
