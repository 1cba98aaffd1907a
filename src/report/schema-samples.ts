// The schema of the samples of a run, in one check of all columns: a report has hundreds of thousands of values, and a schema
// for each of them takes three times as long as reading the file. Loads zod: reached only through schema.ts.
import { z } from 'zod';
import type { SampleColumns } from '../suite/case-run.ts';

/** Every column, and whether a sample may lack a value in it. */
const SPARSE: Readonly<Record<keyof SampleColumns, boolean>> = {
  startNs: false,
  wallNs: false,
  submitNs: true,
  ledgerWallNs: true,
  ledgerBoundNs: true,
  cpuNs: true,
  runQueueNs: true,
  throttledNs: true,
  stealAndBlockedNs: true,
  blockedNs: true,
  stealLowNs: true,
  stealHighNs: true,
  voluntarySwitches: true,
  timeslices: true,
  submitLedgerWallNs: true,
  submitCpuNs: true,
  startCpu: true,
  endCpu: true,
  workersCpuNs: true,
  busiestWorkerCpuNs: true,
  workersRunQueueNs: true,
  workersDelayLowNs: true,
  correctedLowNs: true,
  correctedHighNs: true,
  correctedFloorNs: true,
  gpuNs: true,
  deviceStartNs: true,
  queueNs: true,
  wakeUpNs: true,
  notifyNs: true,
  returnNs: true,
  splitUncertaintyNs: true,
};

/** All columns. */
export const samplesSchema: z.ZodType<SampleColumns> = columnsSchema(
  Object.keys(SPARSE) as readonly (keyof SampleColumns)[],
);

type Columns = readonly (readonly [name: string, isSparse: boolean])[];

/** Some columns, `wallNs` among them: all of its length, of finite numbers or, where they are sparse, null. */
export function columnsSchema<K extends keyof SampleColumns>(
  names: readonly K[],
): z.ZodType<Pick<SampleColumns, K>> {
  const columns = names.map((name) => [name, SPARSE[name]] as const);
  return z
    .unknown()
    .superRefine((value, context) => checkSamples(value, columns, context))
    .meta(describeSamples(columns)) as unknown as z.ZodType<Pick<SampleColumns, K>>;
}

/** What JSON Schema says of the samples: the check is code, into which it cannot look. */
function describeSamples(columns: Columns): Record<string, unknown> {
  const column = { type: 'array', items: { type: 'number' } };
  const sparse = { type: 'array', items: { type: ['number', 'null'] } };
  return {
    type: 'object',
    properties: Object.fromEntries(columns.map(([name, isSparse]) => [name, isSparse ? sparse : column])),
    required: columns.map(([name]) => name),
    additionalProperties: false,
  };
}

function checkSamples(value: unknown, columns: Columns, context: z.RefinementCtx): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(context, [], 'object', value);
    return;
  }
  const samples = value as Readonly<Record<string, unknown>>;
  for (const [name, isSparse] of columns) checkColumn(name, samples[name], isSparse, context);
  const known = new Set(columns.map(([name]) => name));
  const unknown = Object.keys(samples).filter((name) => !known.has(name));
  if (unknown.length > 0) context.addIssue({ code: 'unrecognized_keys', keys: unknown, input: samples });
  checkLengths(samples, columns, context);
}

/** Names the first value that does not belong into the column. */
function checkColumn(name: string, column: unknown, isSparse: boolean, context: z.RefinementCtx): void {
  if (!Array.isArray(column)) {
    refuse(context, [name], 'array', column);
    return;
  }
  const index = firstWrong(column, isSparse);
  if (index >= 0) refuse(context, [name, index], 'number', column[index]);
}

function firstWrong(column: readonly unknown[], isSparse: boolean): number {
  for (let i = 0; i < column.length; i++) {
    const value = column[i];
    if (!(Number.isFinite(value) || (isSparse && value === null))) return i;
  }
  return -1;
}

function checkLengths(
  samples: Readonly<Record<string, unknown>>,
  columns: Columns,
  context: z.RefinementCtx,
): void {
  const { wallNs } = samples;
  if (!Array.isArray(wallNs)) return;
  for (const [name] of columns) {
    const column = samples[name];
    if (!Array.isArray(column) || column.length === wallNs.length) continue;
    const message = `${column.length} values where wallNs has ${wallNs.length}`;
    context.addIssue({ code: 'custom', path: [name], message });
  }
}

/** In the words that zod has for a value of a wrong type. */
function refuse(context: z.RefinementCtx, path: (string | number)[], expected: string, value: unknown): void {
  const message = `Invalid input: expected ${expected}, received ${typeOf(value)}`;
  context.addIssue({ code: 'custom', path, message });
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
