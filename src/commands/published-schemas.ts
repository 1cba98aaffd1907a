// The schemas in docs/schemas: JSON Schema of every document that this program writes, made from its validators and the comments
// of its types. Apart from the script that writes them, so that a test can tell when a file is out of date.
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { z } from 'zod';
import { COMPARISON_SCHEMA_VERSION } from '../compare/comparison.ts';
import { HISTORY_SCHEMA_VERSION } from '../history/history.ts';
import { FLEET_REPORT_SCHEMA_VERSION } from '../merge/fleet-report.ts';
import { CHECK_SCHEMA_VERSION } from '../report/check-report.ts';
import { CLOCKS_SCHEMA_VERSION } from '../report/clocks-report.ts';
import { COUNTERS_SCHEMA_VERSION } from '../report/counters-report.ts';
import type { FindType } from '../report/describe-schema.ts';
import type { PublishedSchema } from '../report/json-schema.ts';
import { SCHEMA_VERSION } from '../report/report.ts';
import { SYSTEM_SCHEMA_VERSION } from '../report/system-report.ts';
import { TIME_SCHEMA_VERSION } from '../report/time-report.ts';
import { type CommentedFile, readTypeComments } from '../report/type-comments.ts';
import { TENANTS_SCHEMA_VERSION } from '../tenants/tenants-report.ts';

/** A schema with where its validator is. */
interface Publication extends PublishedSchema {
  readonly load: () => Promise<z.ZodType>;
}

const REFINED =
  'What JSON Schema cannot say is checked by guestmark in addition: all columns of samples of a run have the same length, a run has a failure if and only if its status says so, and a reason where it was skipped.';

/** Every document with `schema` and `schemaVersion`. */
export const PUBLICATIONS: readonly Publication[] = [
  {
    id: 'report',
    version: SCHEMA_VERSION,
    title: 'guestmark-report',
    description: `The report of \`guestmark run\`: machine, clocks, device, and every case with its raw samples. Durations are in ns. ${REFINED}`,
    type: { file: 'src/report/report.ts', name: 'Report' },
    load: async () => (await import('../report/schema.ts')).reportSchema,
  },
  {
    id: 'time',
    version: TIME_SCHEMA_VERSION,
    title: 'guestmark-time',
    description:
      'The report of `guestmark time`: the runs of a program with the steal that hit them. Durations are in ns. Guestmark checks in addition that bounds are in order, that a run ends by an exit code or by a signal, and that the summary is of these runs.',
    type: { file: 'src/report/time-report.ts', name: 'TimeReport' },
    load: async () => (await import('../report/schema-time.ts')).timeReportSchema,
  },
  {
    id: 'system',
    version: SYSTEM_SCHEMA_VERSION,
    title: 'guestmark-system',
    description:
      'What `guestmark system --json` prints: hypervisor, container and GPUs of a machine, every fact with its evidence.',
    type: { file: 'src/report/system-report.ts', name: 'SystemReport' },
    load: async () => (await import('../report/schema-system.ts')).systemSchema,
  },
  {
    id: 'counters',
    version: COUNTERS_SCHEMA_VERSION,
    title: 'guestmark-counters',
    description: 'What `guestmark counters --json` prints: what a machine counts, read twice.',
    type: { file: 'src/report/counters-report.ts', name: 'CountersReport' },
    load: async () => (await import('../report/schema-counters.ts')).countersSchema,
  },
  {
    id: 'clocks',
    version: CLOCKS_SCHEMA_VERSION,
    title: 'guestmark-clocks',
    description: 'What `guestmark clocks --json` prints: what the clocks of a machine cost and can tell.',
    type: { file: 'src/report/clocks-report.ts', name: 'ClocksReport' },
    load: async () => (await import('../report/schema-clocks.ts')).clocksSchema,
  },
  {
    id: 'check',
    version: CHECK_SCHEMA_VERSION,
    title: 'guestmark-check',
    description:
      'What `guestmark check --json` prints: what would be run of a shader, and where each value is from.',
    type: { file: 'src/report/check-report.ts', name: 'CheckReport' },
    load: async () => (await import('../report/schema-check.ts')).checkSchema,
  },
  {
    id: 'comparison',
    version: COMPARISON_SCHEMA_VERSION,
    title: 'guestmark-comparison',
    description:
      'What `guestmark compare --json` prints: two sets of reports, with a verdict on every case. Guestmark checks in addition that values lie in their intervals and that the counts are of these cases.',
    type: { file: 'src/compare/comparison.ts', name: 'Comparison' },
    load: async () => (await import('../compare/comparison-schema.ts')).comparisonSchema,
  },
  {
    id: 'history',
    version: HISTORY_SCHEMA_VERSION,
    title: 'guestmark-history',
    description:
      'What `guestmark history --json` prints: cases over time, with the places where they changed. Guestmark checks in addition that values lie in their intervals and that there are the points and reports that are referred to.',
    type: { file: 'src/history/history.ts', name: 'History' },
    load: async () => (await import('../history/history-schema.ts')).historySchema,
  },
  {
    id: 'fleet',
    version: FLEET_REPORT_SCHEMA_VERSION,
    title: 'guestmark-fleet',
    description:
      'What `guestmark merge --json` prints: the nodes of a fleet, every case with what each of them measured, and the nodes that stand out, with the cause. Guestmark checks in addition that there is a value for each node and that there are the nodes and cases that are referred to.',
    type: { file: 'src/merge/fleet-report.ts', name: 'FleetReport' },
    load: async () => (await import('../merge/fleet-report-schema.ts')).fleetReportSchema,
  },
  {
    id: 'tenants',
    version: TENANTS_SCHEMA_VERSION,
    title: 'guestmark-tenants',
    description:
      'What `guestmark tenants --json` prints: processes on one device, alone and at once, with the samples of all. Durations are in ns. Guestmark checks in addition that columns have the same length, that values lie in their intervals and that there are the groups and members that are referred to.',
    type: { file: 'src/tenants/tenants-report.ts', name: 'TenantsReport' },
    load: async () => (await import('../tenants/tenants-schema.ts')).tenantsSchema,
  },
];

/** `report.schema.json`. */
export function schemaFileName({ id }: Pick<PublishedSchema, 'id'>): string {
  return `${id}.schema.json`;
}

/**
 * The text of a schema's file.
 *
 * @param root The checkout, whose sources hold the comments.
 */
export async function schemaText(publication: Publication, root: string): Promise<string> {
  const { toJsonSchema } = await import('../report/json-schema.ts');
  const schema = toJsonSchema(await publication.load(), publication, typesBelow(root));
  return `${JSON.stringify(schema, null, 1)}\n`;
}

/** Finds types in the sources of a checkout, each of which is read once. */
function typesBelow(root: string): FindType {
  const files = new Map<string, CommentedFile>();
  const read = (file: string): CommentedFile => {
    const path = posix.join(root, file);
    const known = files.get(file) ?? readTypeComments(existsSync(path) ? readFileSync(path, 'utf8') : '');
    files.set(file, known);
    return known;
  };
  return ({ file, name }) => {
    const { types, imports } = read(file);
    const from = imports.get(name);
    const place = from === undefined ? file : posix.join(posix.dirname(file), from);
    const type = from === undefined ? types.get(name) : read(place).types.get(name);
    return type === undefined ? undefined : { file: place, type };
  };
}
