// Written files are read back by hyparquet, which shares no code with the writer but the definition of the format.
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { fleetCsv } from '../../src/merge/fleet-csv.ts';
import { fleetParquet } from '../../src/merge/fleet-parquet.ts';
import { bytesOf } from '../export/collect-text.ts';
import { HOSTILE_NAME } from '../export/hostile-report.ts';
import { readTable } from '../export/read-csv.ts';
import { fleetExample } from './fleet-example.ts';

const TOOL = { name: 'guestmark', version: '9.9.9' };

describe('fleetParquet()', () => {
  it('has the rows of the CSV, each with the state of its node', async () => {
    const report = fleetExample({ nodes: 60, cases: 2, outliers: 3 });
    const file = await bytesOf(fleetParquet(report, { tool: TOOL }));
    const rows = await parquetReadObjects({ file });
    const same = readTable([...fleetCsv(report)].join(''));
    expect(rows.length).toBe(same.length);
    for (const [index, row] of same.entries())
      for (const [column, text] of Object.entries(row))
        expect(String(rows[index]?.[column] ?? ''), `${column} of row ${index}`).toBe(text);
    const [node] = report.nodes;
    expect(rows[0]).toMatchObject({
      device: 'NVIDIA H100 PCIe',
      driver: 'NVIDIA 535.104.05',
      compute_clock_hz: 1.21e9,
      throttle_reasons: 'software thermal slowdown',
      throttled_share: null,
      link_width: 16,
    });
    expect(node?.state.stealShare).toMatchObject({ value: { high: rows[0]?.steal_high } });
    expect(rows.find((row) => row.node === 'node-00050')).toMatchObject({ compute_clock_hz: null });
  });

  it('is written in groups of rows as they are full', async () => {
    const report = fleetExample({ nodes: 100, cases: 4 });
    const pieces: number[] = [];
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const piece of fleetParquet(report, { tool: TOOL, groupRows: 298 })) {
        pieces.push(piece.length);
        yield piece;
      }
    };
    const metadata = parquetMetadata(await bytesOf(counted()));
    expect(metadata.row_groups.map(({ num_rows }) => num_rows)).toEqual([298n, 298n, 298n, 298n]);
    expect(pieces.length).toBe(5);
  });

  it('takes any name, and a fleet without cases', async () => {
    const hostile = fleetExample({ nodes: 5, cases: 1, names: () => HOSTILE_NAME });
    const file = await bytesOf(fleetParquet(hostile, { tool: TOOL }));
    expect((await parquetReadObjects({ file })).length).toBe(13);
    const none = await bytesOf(fleetParquet(fleetExample({ cases: 0 }), { tool: TOOL }));
    expect(await parquetReadObjects({ file: none })).toEqual([]);
  });
});
