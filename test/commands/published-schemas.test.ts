import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { available, unavailable } from '../../src/base/availability.ts';
import { seededRandom } from '../../src/base/random.ts';
import { PUBLICATIONS, schemaFileName, schemaText } from '../../src/commands/published-schemas.ts';
import type { CountersReport } from '../../src/report/counters-report.ts';
import type { Report } from '../../src/report/report.ts';
import { reportSchema } from '../../src/report/schema.ts';
import type { SystemReport } from '../../src/report/system-report.ts';
import { comparison } from '../compare/sample-comparison.ts';
import { sampleHistory, slowedSide } from '../history/sample-history.ts';
import { fleetExample } from '../merge/fleet-example.ts';
import { jsonSchemaProblems } from '../report/json-schema-check.ts';
import { passedThrough } from '../report/sample-attachment.ts';
import { sampleClocksReport } from '../report/sample-census.ts';
import { sampleCheck, variedExpandable } from '../report/sample-check.ts';
import { sampleMachine } from '../report/sample-machine.ts';
import {
  caseResult,
  caseRun,
  failedCase,
  sampleColumns,
  sampleReport,
  skippedCase,
} from '../report/sample-report.ts';
import { sampleTimeReport } from '../report/sample-time-report.ts';
import { ROOT } from '../structure/project-files.ts';
import { sampleKill } from '../tenants/sample-tenants.ts';

const FOLDER = join(ROOT, 'docs/schemas');
const TOOL = { name: 'guestmark', version: '0.1.0', node: 'v20.20.2' };

/** Small, so that every field of it can be changed in turn. */
function smallReport(): Report {
  const samples = sampleColumns([4e6, 4.1e6]);
  const results = [caseResult({ runs: [caseRun({ samples })] }), failedCase(), skippedCase()];
  for (const { runs } of results.slice(1)) for (const run of runs) Object.assign(run, { samples: null });
  return sampleReport({ results });
}

const SYSTEM: SystemReport = {
  schema: 'guestmark-system',
  schemaVersion: '1.0',
  tool: TOOL,
  sysroot: null,
  system: sampleMachine(),
  devices: available([{ index: 0, name: 'Example GPU', attachment: passedThrough() }]),
};

const STEAL = { name: 'steal:cpu0', unit: 'ns', kind: 'count', description: 'Time taken' } as const;
const READ = { source: '/proc/stat', step: 10e6, wrapBits: null, scale: 10e6 } as const;
const COUNTERS: CountersReport = {
  schema: 'guestmark-counters',
  schemaVersion: '1.0',
  tool: TOOL,
  startedAt: '2026-01-02T03:04:05.000Z',
  spanNs: 1e9,
  groups: [
    {
      id: 'steal',
      title: 'Time that the hypervisor took',
      disturbs: null,
      readNs: 1e5,
      counters: available([
        { ...STEAL, ...READ, sticks: true, value: available(7e9), change: available(0), flags: ['stuck'] },
        { ...STEAL, ...READ, value: unavailable('EPERM'), change: unavailable('EPERM'), flags: [] },
      ]),
    },
    { id: 'gpu', title: 'GPU', disturbs: 'a lot', readNs: null, counters: unavailable('no GPU') },
  ],
};

const SAMPLES: Readonly<Record<string, unknown>> = {
  report: smallReport(),
  time: sampleTimeReport(),
  system: SYSTEM,
  counters: COUNTERS,
  clocks: sampleClocksReport(),
  check: sampleCheck(variedExpandable()),
  comparison: comparison(),
  history: sampleHistory(slowedSide()),
  fleet: fleetExample({ nodes: 8, outliers: 2, gaps: 2 }),
  tenants: sampleKill(),
};

type Json = Record<string, unknown> | unknown[];

/** What JSON can hold at a place instead; undefined for nothing. */
const INSTEAD: readonly unknown[] = [
  undefined,
  null,
  'x',
  '',
  -1.5,
  3,
  {},
  [],
  { available: true, value: {} },
];

/** Of all changes of a document, about so many are looked at: all of them take most of a minute, and agree. */
const LOOKED_AT = 80;

/** Calls `look` with every change of one field of the document, and of one field too many; it is as before afterwards. */
function withEveryChange(document: Json, look: (change: string) => void, path = ''): void {
  if (!Array.isArray(document)) {
    document.mood = 'good';
    look(`${path}/mood added`);
    delete document.mood;
  }
  const record = document as Record<string, unknown>;
  // The third item of a list is like the second.
  const keys = Object.keys(record).slice(0, Array.isArray(document) ? 2 : undefined);
  for (const key of keys) {
    const before = record[key];
    for (const value of INSTEAD) {
      if (value === undefined && Array.isArray(document)) continue;
      record[key] = value;
      if (value === undefined) delete record[key];
      look(`${path}/${key} = ${JSON.stringify(value)}`);
    }
    // In its old place: the order of keys is part of nothing, but of the next round.
    record[key] = before;
    if (typeof before === 'object' && before !== null)
      withEveryChange(before as Json, look, `${path}/${key}`);
  }
}

type Schema = Readonly<Record<string, unknown>>;

const published = (id: string): Schema =>
  JSON.parse(readFileSync(join(FOLDER, schemaFileName({ id })), 'utf8')) as Schema;

/** What guestmark says and JSON Schema cannot, or the other way round, on purpose. */
function mayDiffer({ error }: z.ZodSafeParseResult<unknown>, change: string): boolean {
  if (error === undefined) return change.endsWith('= undefined') || change.startsWith('/schemaVersion');
  return error.issues.every(({ code }) => code === 'custom');
}

describe('docs/schemas', () => {
  it('holds the schemas that there are, and nothing else', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(PUBLICATIONS.map(schemaFileName).sort());
    expect(Object.keys(SAMPLES).sort()).toEqual(PUBLICATIONS.map(({ id }) => id).sort());
  });

  it.each(PUBLICATIONS)('has $id as npm run schemas writes it of the code that there is', async (one) => {
    const text = readFileSync(join(FOLDER, schemaFileName(one)), 'utf8');
    expect(text).toBe(await schemaText(one, ROOT));
    expect(JSON.parse(text)).toMatchObject({
      $id: `urn:guestmark:${one.id}:${one.version}`,
      properties: {
        schema: { const: `guestmark-${one.id}` },
        schemaVersion: { const: one.version },
      },
      additionalProperties: false,
    });
  });

  it.each(PUBLICATIONS)(
    'takes a document of $id as written, and a change of a field only where its validator does',
    async ({ id, load }) => {
      const schema = published(id);
      const validator = await load();
      const document = JSON.parse(JSON.stringify(SAMPLES[id])) as Json;
      expect(jsonSchemaProblems(schema, document)).toEqual([]);
      let [all, changes, refused] = [0, 0, 0];
      withEveryChange(document, () => all++);
      const random = seededRandom(1);
      const differences: string[] = [];
      withEveryChange(document, (change) => {
        if (random() > LOOKED_AT / all) return;
        const parsed = validator.safeParse(document);
        const problems = jsonSchemaProblems(schema, document);
        changes++;
        if (problems.length > 0 && !parsed.success) refused++;
        if (parsed.success !== (problems.length === 0) && !mayDiffer(parsed, change))
          differences.push(change);
      });
      expect(differences).toEqual([]);
      expect(refused).toBeGreaterThan(changes / 2);
    },
  );

  it.each(PUBLICATIONS)(
    'are in the table of docs/report-format.md, $id with its version',
    ({ id, version, title }) => {
      const text = readFileSync(join(ROOT, 'docs/report-format.md'), 'utf8');
      const row = `| \`${title}\` | ${version} | [\`urn:guestmark:${id}:${version}\`](schemas/${id}.schema.json) |`;
      expect(text).toContain(row);
    },
  );

  it('requires of a report of this version what older ones lack, and says how that is read', () => {
    const { machine, ...older } = smallReport();
    expect(jsonSchemaProblems(published('report'), older)).toEqual(['/: machine is missing']);
    const { machine: described } = published('report').properties as Record<string, Schema>;
    expect(described?.default).toEqual({ available: false, reason: 'the report is older than this field' });
    expect(reportSchema.parse(older).machine).toEqual(described?.default);
  });

  it('describes fields as the types do, also those of types in other files and of lists', () => {
    const { properties } = published('report');
    const { results, attachment } = properties as Record<string, Schema>;
    expect(attachment?.description).toBe('How the device comes to this guest.');
    expect(JSON.stringify(results)).toContain('"description":"Inside vkQueueSubmit; null for');
  });
});
