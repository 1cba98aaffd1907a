// Shaders in styles found in the wild, through the command line: what each writes is compared with a reference.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import type { Report } from '../../src/report/report.ts';
import { CORPUS, type CorpusShader } from '../definition/corpus.ts';
import { guestmark, temporaryFolder } from './guestmark.ts';

const hasLayer = !(process.env.GUESTMARK_MISSING_TEST_TOOLS ?? '').includes('validation-layer');
if (!hasLayer) console.warn('Custom shaders are run without validation: the layer is not to be had here');

const FOLDER = 'test/fixtures/custom';
const ALONE = CORPUS.filter(({ args }) => args !== undefined);
const TOGETHER = CORPUS.filter(({ args }) => args === undefined);
const title = ({ file, args = [] }: CorpusShader): string => [file, ...args].join(' ');

/** Runs shaders in one command, and gives the report of it. */
async function run(
  shaders: readonly CorpusShader[],
  args: readonly string[],
  folder: string,
): Promise<Report> {
  const { code, stdout, stderr } = await guestmark([
    ...['run', ...shaders.map(({ file }) => join(FOLDER, file)), ...args],
    ...['--device', 'llvmpipe', '--runs', '1', '--min-time', '1ms', '--max-time', '20ms'],
    ...(hasLayer ? ['--validate'] : []),
    ...['--dump-outputs', join(folder, 'outputs'), '--json', '--out', join(folder, 'report.json')],
  ]);
  const report = parseReport(stdout, 'standard output');
  const isMeasured = report.results.some(({ status }) => status !== 'skipped');
  expect({ code, stderr }).toEqual(isMeasured ? { code: 0, stderr: '' } : { code: 1, stderr });
  expect(report.validation).toMatchObject({ messages: [] });
  expect(report.results).toHaveLength(shaders.length);
  return report;
}

/** What a command has dumped of a binding of a case. */
function dumped(folder: string, benchmark: string, binding: string): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  // The folder of a case is named after it, as `bare_n=32Ki`; one without axes after its benchmark.
  const isOfCase = (file: string): boolean =>
    file.startsWith(`${benchmark}/`) || file.startsWith(`${benchmark}_`);
  const found = files.filter((file) => isOfCase(file) && file.endsWith(`/${binding}.bin`));
  expect({ files, found: found.length }).toEqual({ files, found: 1 });
  return readFileSync(join(folder, found[0] as string));
}

/** The case of a shader is right: what it wrote is what was computed a second time. */
function expectRight(shader: CorpusShader, { results }: Report, folder: string): void {
  const name = shader.file.replace(/\.\w+$/, '');
  const result = results.length === 1 ? results[0] : results.find(({ benchmark }) => benchmark === name);
  if (result?.status === 'skipped') {
    expect(result.runs[0]?.skipReason).toContain(shader.needs);
    console.warn(`${shader.file} is skipped: the device lacks ${shader.needs}`);
    return;
  }
  expect(result?.status).toBe('ok');
  for (const [binding, expected] of Object.entries(shader.outputs())) {
    const { buffer, byteOffset, byteLength } = expected;
    const actual = dumped(join(folder, 'outputs'), String(result?.benchmark), binding);
    expect(actual.equals(Buffer.from(buffer, byteOffset, byteLength)), `contents of ${binding}`).toBe(true);
  }
}

describe('guestmark run with a custom shader', () => {
  it.concurrent.each(ALONE.map((shader) => [title(shader), shader] as const))(
    '%s',
    async (_, shader) => {
      using folder = temporaryFolder();
      const report = await run([shader], shader.args ?? [], folder.path);
      expectRight(shader, report, folder.path);
    },
    120_000,
  );

  it('covers every shader of the folder', () => {
    const files = readdirSync(FOLDER).filter((file) => /\.(comp|hlsl|spv|spvasm)$/.test(file));
    // stripped.comp is what stripped.spv was made of.
    const shaders = files.filter((file) => file !== 'stripped.comp');
    expect([...new Set(CORPUS.map(({ file }) => file))].sort()).toEqual(shaders.sort());
  });
});

describe('guestmark run with many custom shaders', () => {
  const folder = temporaryFolder();
  let report: Report;
  beforeAll(async () => {
    report = await run(TOGETHER, [], folder.path);
  }, 120_000);
  afterAll(() => folder[Symbol.dispose]());

  it.each(TOGETHER.map((shader) => [shader.file, shader] as const))('%s', (_, shader) => {
    expectRight(shader, report, folder.path);
  });
});
