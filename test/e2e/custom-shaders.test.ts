// Shaders in styles found in the wild, through the command line: what each writes is compared with a reference.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import { CORPUS, type CorpusShader } from '../definition/corpus.ts';
import { guestmark, temporaryFolder } from './guestmark.ts';

const hasLayer = !(process.env.GUESTMARK_MISSING_TEST_TOOLS ?? '').includes('validation-layer');
if (!hasLayer) console.warn('Custom shaders are run without validation: the layer is not to be had here');

const FOLDER = 'test/fixtures/custom';
const title = ({ file, args = [] }: CorpusShader): string => [file, ...args].join(' ');

/** What a command has dumped of a binding. */
function dumped(folder: string, binding: string): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const found = files.filter((file) => file === `${binding}.bin` || file.endsWith(`/${binding}.bin`));
  expect({ files, found: found.length }).toEqual({ files, found: 1 });
  return readFileSync(join(folder, found[0] as string));
}

async function run(shader: CorpusShader, folder: string) {
  const finished = await guestmark([
    ...['run', join(FOLDER, shader.file), ...(shader.args ?? [])],
    ...['--device', 'llvmpipe', '--runs', '1', '--min-time', '1ms', '--max-time', '20ms'],
    ...(hasLayer ? ['--validate'] : []),
    ...['--dump-outputs', join(folder, 'outputs'), '--json', '--out', join(folder, 'report.json')],
  ]);
  expect(finished).toMatchObject({ stdout: expect.stringMatching(/^\{/) });
  return { ...finished, report: parseReport(finished.stdout, 'standard output') };
}

describe('guestmark run with a custom shader', () => {
  it.concurrent.each(CORPUS.map((shader) => [title(shader), shader] as const))(
    '%s',
    async (_, shader) => {
      using folder = temporaryFolder();
      const { code, stderr, report } = await run(shader, folder.path);
      expect(report.validation).toMatchObject({ messages: [] });
      const [result, ...others] = report.results;
      expect(others).toEqual([]);
      if (result?.status === 'skipped') {
        expect(result.runs[0]?.skipReason).toContain(shader.needs);
        console.warn(`${shader.file} is skipped: the device lacks ${shader.needs}`);
        return;
      }
      expect({ code, stderr, status: result?.status }).toEqual({ code: 0, stderr: '', status: 'ok' });
      for (const [binding, expected] of Object.entries(shader.outputs())) {
        const { buffer, byteOffset, byteLength } = expected;
        const actual = dumped(join(folder.path, 'outputs'), binding);
        expect(actual.equals(Buffer.from(buffer, byteOffset, byteLength)), `contents of ${binding}`).toBe(
          true,
        );
      }
    },
    60_000,
  );

  it('covers every shader of the folder', () => {
    const files = readdirSync(FOLDER).filter((file) => /\.(comp|hlsl|spv|spvasm)$/.test(file));
    // stripped.comp is what stripped.spv was made of.
    const shaders = files.filter((file) => file !== 'stripped.comp');
    expect([...new Set(CORPUS.map(({ file }) => file))].sort()).toEqual(shaders.sort());
  });
});
