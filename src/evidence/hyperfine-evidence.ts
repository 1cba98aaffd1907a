// Makes evidence of the JSON that hyperfine exports, and of what guestmark exports in its shape. Checks by hand what it needs
// and ignores the rest: the format is another project's and grows.
import { unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { ownValue } from '../base/own-value.ts';
import type { ReportEvidence } from './case-evidence.ts';
import { type Execution, fewFacts, programCase, programRun } from './program-evidence.ts';

const UNTOLD = unavailable('hyperfine does not tell it');

/** Seconds of the units of hyperfine 2. */
const UNITS: Readonly<Record<string, number>> = {
  ...{ second: 1, seconds: 1, s: 1 },
  ...{ millisecond: 1e-3, milliseconds: 1e-3, ms: 1e-3 },
  ...{ microsecond: 1e-6, microseconds: 1e-6, us: 1e-6, µs: 1e-6 },
  ...{ nanosecond: 1e-9, nanoseconds: 1e-9, ns: 1e-9 },
};

/** Each becomes a run of half a kilobyte; no one has waited for so many. */
const MOST_EXECUTIONS = 200_000;

type Fields = Readonly<Record<string, unknown>>;

/** Whether a value looks like such an export: an object with results that have commands, and no schema of ours. */
export function isHyperfine(value: unknown): boolean {
  const { schema, results } = fieldsOf(value);
  return schema === undefined && Array.isArray(results) && results.every((one) => 'command' in fieldsOf(one));
}

/**
 * The evidence of an export of hyperfine: 1.x with `times` in seconds and `exit_codes`, 2.x with `measurements` of values and
 * units. Every execution is a run with one sample. Executions with an exit code other than 0 (hyperfine keeps them with
 * `--ignore-failure`), or ended by a signal (null), are left out and are a problem of their case. A result without single times
 * has no runs, because a mean and a standard deviation are no evidence to resample.
 *
 * @throws GuestmarkError (usage) where a value is not what it should be, or no result has times.
 */
export function hyperfineEvidence(value: unknown, path: string, reportIndex = 0): ReportEvidence {
  const refuse = (problem: string): never => {
    const hint = 'export it with hyperfine --export-json';
    throw new GuestmarkError('usage', `Cannot read hyperfine's export "${path}": ${problem}`, { hint });
  };
  const results = (fieldsOf(value).results as readonly unknown[]).map(fieldsOf);
  const names = commandsOf(results, refuse);
  if (results.reduce((sum, result) => sum + countOf(result), 0) > MOST_EXECUTIONS)
    refuse(`it has more than ${MOST_EXECUTIONS} single times`);
  const executions = results.map((result, index) =>
    executionsOf(result, { reportIndex, place: `results[${index}]`, refuse }),
  );
  if (results.length === 0) refuse('it has no results');
  if (executions.every((one) => one === null)) refuse('it has no single times, only means and deviations');
  const cases = executions.map((some, index) =>
    programCase({
      command: names[index] as string,
      executions: some ?? [],
      problems: some === null ? ['its single times are missing, and a mean is no sample'] : [],
    }),
  );
  return { facts: fewFacts({ path, producer: 'hyperfine', toolVersion: versionOf(value) }), cases };
}

function countOf({ measurements, times }: Fields): number {
  return Math.max(...[measurements, times].map((list) => (Array.isArray(list) ? list.length : 0)));
}

function versionOf(value: unknown): string {
  const { schema_version: version } = fieldsOf(value);
  return version === undefined ? '1.x' : `schema ${scalarText(version)}`;
}

interface Place {
  readonly reportIndex: number;
  readonly place: string;
  readonly refuse: (problem: string) => never;
}

/** Commands, with the parameters behind those that occur twice. */
function commandsOf(results: readonly Fields[], refuse: Place['refuse']): readonly string[] {
  const commands = results.map(({ command }, index) =>
    typeof command === 'string' ? command : refuse(`results[${index}].command is no text`),
  );
  const counts = new Map<string, number>();
  for (const command of commands) counts.set(command, (counts.get(command) ?? 0) + 1);
  return commands.map((command, index) => {
    const isOnly = counts.get(command) === 1;
    const parameters = Object.entries(fieldsOf(results[index]?.parameters)).map(
      ([name, parameter]) => `${name} = ${scalarText(fieldsOf(parameter).value ?? parameter)}`,
    );
    return isOnly || parameters.length === 0 ? command : `${command} (${parameters.join(', ')})`;
  });
}

/** Null where there are no single times. */
function executionsOf(result: Fields, at: Place): readonly Execution[] | null {
  if (Array.isArray(result.measurements) && result.measurements.length > 0)
    return result.measurements.map((one, index) => measured(fieldsOf(one), index, at));
  const { times, exit_codes: codes } = result;
  if (!Array.isArray(times) || times.length === 0) return null;
  return times.map((seconds, index) => {
    const wallNs = nanoseconds(seconds, 1, `${at.place}.times[${index}]`, at);
    const code: unknown = Array.isArray(codes) && index < codes.length ? codes[index] : 0;
    return executionOf({ wallNs, cpuNs: null, code, index }, at);
  });
}

/** One measurement of hyperfine 2. */
function measured(measurement: Fields, index: number, at: Place): Execution {
  const where = `${at.place}.measurements[${index}]`;
  const time = (name: string): number => {
    const { value, unit } = fieldsOf(measurement[name]);
    const seconds = (typeof unit === 'string' ? ownValue(UNITS, unit) : undefined) ?? Number.NaN;
    return nanoseconds(value, seconds, `${where}.${name}`, at);
  };
  const hasCpu = 'time_user' in measurement && 'time_system' in measurement;
  const cpuNs = hasCpu ? time('time_user') + time('time_system') : null;
  const code = 'exit_code' in measurement ? measurement.exit_code : 0;
  return executionOf({ wallNs: time('time_wall_clock'), cpuNs, code, index }, at);
}

interface Measured {
  readonly wallNs: number;
  readonly cpuNs: number | null;
  readonly code: unknown;
  readonly index: number;
}

function executionOf({ wallNs, cpuNs, code, index }: Measured, { reportIndex }: Place): Execution {
  const times = {
    wallTime: Float64Array.of(wallNs),
    ...(cpuNs === null ? {} : { cpuTime: Float64Array.of(cpuNs) }),
  };
  const run = programRun(UNTOLD, { report: reportIndex, run: index + 1, times, wallMeanNs: wallNs });
  if (code === 0) return { failure: null, run };
  return { failure: typeof code === 'number' ? `exit code ${code}` : 'ended without an exit code', run };
}

function nanoseconds(value: unknown, seconds: number, where: string, { refuse }: Place): number {
  const ns = typeof value === 'number' ? value * seconds * 1e9 : Number.NaN;
  return Number.isFinite(ns) && ns >= 0 ? ns : refuse(`${where} is no time`);
}

/** Text, a number or a boolean; lists and objects may be nested deeper than they can be written. */
function scalarText(value: unknown): string {
  return typeof value === 'object' ? '?' : String(value);
}

/** The fields of an object; of anything else none. */
function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
