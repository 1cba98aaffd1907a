import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import { type Report, SCHEMA_VERSION } from '../../src/report/report.ts';
import { ROOT } from '../structure/project-files.ts';
import { caseResult, caseRun, failedCase, sampleReport, skippedCase } from './sample-report.ts';

/** Fields by the version that they came with; `*` is every item of a list, as docs/report-format.md has them. */
const CAME_WITH: Readonly<Record<string, readonly string[]>> = {
  '1.1': [
    'shaders',
    'command.memoryLimitBytes',
    'command.robustBufferAccess',
    'command.dumpOutputs',
    'device.value.subgroupOperations',
    'device.value.subgroupsInCompute',
    'device.value.floatControls',
    'device.value.limits.maxImageDimension1D',
    'device.value.limits.maxImageDimension2D',
    'device.value.limits.maxImageDimension3D',
    'device.value.limits.maxUniformBufferRange',
    'device.value.limits.maxBoundDescriptorSets',
    'device.value.limits.maxPerStageDescriptorUniformBuffers',
    'device.value.limits.maxPerStageDescriptorStorageBuffers',
    'device.value.limits.maxPerStageDescriptorStorageImages',
    'device.value.limits.maxPerStageResources',
    'results.*.thresholds',
    'results.*.runs.*.outputSha256',
  ],
  '1.2': [
    'derived',
    'system.driverVariables',
    'device.value.cooperativeMatrices',
    'results.*.category',
    'results.*.itemName',
    'results.*.showsItemTime',
    'results.*.flopType',
    'results.*.isRoof',
    'results.*.fitsStartUp',
    'results.*.runs.*.deviceState',
    'results.*.runs.*.doubling',
  ],
  '1.3': ['series', 'results.*.runs.*.ownCost', 'results.*.runs.*.figures', 'results.*.runs.*.interrupts'],
  '1.4': [
    'machine',
    'attachment',
    'counters',
    'command.counters',
    'device.value.driver.id',
    'device.value.renderNode',
    'results.*.runs.*.counters',
  ],
  '1.5': [
    'command.verify',
    'command.processMemoryBytes',
    'results.*.runs.*.timestampFaults',
    'modules',
    'resumed',
    'shaders.*.definitionSha256',
    'results.*.runs.*.processStartedAt',
  ],
};

const SAMPLE = sampleReport({
  command: { ...sampleReport().command, verify: 'every' },
  results: [
    caseResult(),
    failedCase(),
    skippedCase(),
    caseResult({ id: 'own', runs: [caseRun({ processStartedAt: '2026-01-02T03:04:05.000Z' })] }),
  ],
  shaders: [
    {
      benchmark: 'own',
      path: 'own.comp',
      language: 'glsl',
      entryPoint: 'main',
      sourceSha256: 'a1'.repeat(32),
      spirvSha256: 'b2'.repeat(32),
      targetEnvironment: 'vulkan1.1',
      compiler: 'glslangValidator 11:12.0.0',
      definitionSha256: 'c3'.repeat(32),
    },
  ],
  modules: [{ file: 'own.mjs', sha256: 'd4'.repeat(32) }],
  resumed: [
    {
      startedAt: '2026-01-02T03:04:35.000Z',
      foundStatus: 'running',
      foundCaseRuns: 2,
      addedCaseRuns: 3,
      replaced: [{ caseId: 'own', run: 1, samples: 7 }],
    },
  ],
});

type Json = { [name: string]: unknown };

/** The records that hold the last field of a path, and its name. */
function placesOf(document: unknown, path: string): readonly (readonly [Json, string])[] {
  const names = path.split('.');
  const last = names.pop() as string;
  let owners: readonly Json[] = [document as Json];
  for (const name of names)
    owners = owners.flatMap((owner) =>
      // A version that lacks a list lacks what its elements have too.
      name === '*' ? (Object.values(owner) as Json[]) : [(owner[name] ?? {}) as Json],
    );
  return owners.map((owner) => [owner, last]);
}

/** The sample as a version of old would have written it. */
function written(version: string): Json {
  const old = structuredClone({ ...SAMPLE, schemaVersion: version }) as unknown as Json;
  for (const [later, paths] of Object.entries(CAME_WITH)) {
    if (Number(later) <= Number(version)) continue;
    for (const path of paths) for (const [owner, name] of placesOf(old, path)) delete owner[name];
  }
  return old;
}

/** What the published schema says of a field that is missing, by path. */
function defaults(): ReadonlyMap<string, unknown> {
  const root = JSON.parse(readFileSync(join(ROOT, 'docs/schemas/report.schema.json'), 'utf8')) as Json;
  const found = new Map<string, unknown>();
  const visit = (schema: Json, path: readonly string[]): void => {
    const shape = typeof schema.$ref === 'string' ? (root.$defs as Json)[schema.$ref.slice(8)] : schema;
    const { oneOf = [], anyOf = [], items, properties = {} } = shape as Json;
    if (Object.hasOwn(schema, 'default')) found.set(path.join('.'), schema.default);
    for (const one of [oneOf, anyOf].flat()) visit(one as Json, path);
    if (items !== undefined && items !== false) visit(items as Json, [...path, '*']);
    for (const [name, one] of Object.entries(properties as Json)) visit(one as Json, [...path, name]);
  };
  visit(root, []);
  return found;
}

const read = (document: unknown): Report => parseReport(JSON.stringify(document), 'run.json');

describe('parseReport() of older versions', () => {
  it('knows of every field that came later, with what stands for it', () => {
    expect([...defaults().keys()].sort()).toEqual(Object.values(CAME_WITH).flat().sort());
    expect(Object.keys(CAME_WITH).at(-1)).toBe(SCHEMA_VERSION);
  });

  it.each(['1.0', '1.1', '1.2', '1.3', '1.4', '1.5'])(
    'reads version %s: what it has as it is, the rest as published',
    (version) => {
      const meant = defaults();
      const expected = structuredClone({ ...SAMPLE, schemaVersion: version });
      const missing = Object.entries(CAME_WITH).filter(([later]) => Number(later) > Number(version));
      for (const path of missing.flatMap(([, paths]) => paths))
        for (const [owner, name] of placesOf(expected, path)) owner[name] = meant.get(path);
      expect(read(written(version))).toEqual(expected);
      if (version !== SCHEMA_VERSION) expect(expected).not.toEqual({ ...SAMPLE, schemaVersion: version });
    },
  );

  it('refuses a field in an older report that its version did not need to have, and is wrong', () => {
    expect(() => read({ ...written('1.3'), counters: 7 })).toThrow('counters: invalid input');
  });
});

describe('parseReport() of other versions', () => {
  it.each(['0.9', '2.0', '10.4'])('refuses version %s in one sentence', (version) => {
    expect(() => read({ ...SAMPLE, schemaVersion: version })).toThrow(
      new RegExp(
        `^Cannot read report "run\\.json": schemaVersion: ${version.replace('.', '\\.')} is not 1\\.x, which this version of guestmark reads$`,
      ),
    );
  });

  it.each(['1.6', '1.9', '1.10'])('reads version %s without the fields that it does not know', (version) => {
    const newer = structuredClone({ ...SAMPLE, schemaVersion: version }) as unknown as Json;
    Object.assign(newer, { weather: { sky: 'clear' } });
    for (const path of ['results.*.mood', 'results.*.runs.*.moods', 'device.value.limits.maxMood'])
      for (const [owner, name] of placesOf(newer, path)) owner[name] = [1, 2];
    expect(read(newer)).toEqual({ ...SAMPLE, schemaVersion: version });
  });
});
