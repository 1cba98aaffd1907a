// Written files are read back by hyparquet, which shares no code with the writer but the definition of the format.
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { parquet } from '../../src/export/parquet.ts';
import { SAMPLE_COLUMNS } from '../../src/export/sample-columns.ts';
import {
  around,
  caseResult,
  caseRun,
  failedCase,
  sampleColumns,
  sampleReport,
} from '../report/sample-report.ts';
import { bytesOf, named } from './collect-text.ts';
import { hostileReport } from './hostile-report.ts';

const TOOL = { name: 'guestmark', version: '9.9.9' };

describe('parquet()', () => {
  it('has every clock of every sample, with nulls for what is not known', async () => {
    const samples = sampleColumns([1000.25, 2000], { gpuNs: [1000.25, null] });
    const results = [
      caseResult({ runs: [caseRun({ samples }), caseRun({ run: 2, samples })] }),
      failedCase(),
    ];
    const file = await bytesOf(parquet(named(sampleReport({ results })), { tool: TOOL }));
    const rows = await parquetReadObjects({ file });
    expect(rows.length).toBe(4);
    expect(rows[3]).toMatchObject({
      report: 'runs/1.json',
      started_at: '2026-01-02T03:04:05.000Z',
      device: 'Example GPU 9000',
      tier: 'A',
      benchmark: 'copy',
      axes: '{"n":16777216,"WORKGROUP_SIZE":256}',
      run: 2n,
      sample: 1n,
      iterations: 10n,
      gpuNs: null,
    });
    for (const column of SAMPLE_COLUMNS) expect(rows[0]?.[column], column).toBe(samples[column][0]);
    const metadata = parquetMetadata(file);
    expect(metadata.created_by).toBe('guestmark version 9.9.9');
    expect(metadata.key_value_metadata).toContainEqual({ key: 'guestmark.version', value: '9.9.9' });
  });

  it('takes any name, and no samples at all', async () => {
    const rows = await parquetReadObjects({
      file: await bytesOf(parquet(named(hostileReport()), { tool: TOOL })),
    });
    expect(rows.length).toBe(6);
    const none = await bytesOf(parquet(named(sampleReport({ results: [failedCase()] })), { tool: TOOL }));
    expect(await parquetReadObjects({ file: none })).toEqual([]);
  });

  it('writes several groups of rows', async () => {
    const samples = sampleColumns(around(4e6, 30));
    const result = { ...caseResult({ runs: [] }), runs: [1, 2].map((run) => caseRun({ run, samples })) };
    const report = sampleReport({ results: [result] });
    const file = await bytesOf(parquet(named(report, report, report), { tool: TOOL, groupRows: 100 }));
    const metadata = parquetMetadata(file);
    expect(metadata.row_groups.map(({ num_rows }) => num_rows)).toEqual([100n, 20n, 60n]);
    const rows = await parquetReadObjects({ file, columns: ['report', 'run', 'sample'], rowStart: 179 });
    expect(rows).toEqual([{ report: 'runs/3.json', run: 2n, sample: 29n }]);
  });

  it('says what to do where the writer is not installed', async () => {
    const load = (): Promise<never> =>
      import('hyparquet-writer-that-is-not-there' as string) as Promise<never>;
    await expect(
      bytesOf(parquet(named(sampleReport({ results: [] })), { tool: TOOL, load })),
    ).rejects.toThrow('Cannot write Parquet: the package hyparquet-writer is not installed');
  });
});
