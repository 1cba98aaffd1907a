// Exports of reports that are in memory already, as whole texts or files.
import type { NamedReport, NamedReports, TextPieces } from '../../src/export/named-report.ts';
import type { Report } from '../../src/report/report.ts';

/** Reports as a command reads them. */
export async function* named(...reports: readonly Report[]): NamedReports {
  yield* reports.map((report, i): NamedReport => ({ path: `runs/${i + 1}.json`, report }));
}

/** The whole text; every piece must be of whole lines. */
export async function textOf(pieces: TextPieces): Promise<string> {
  const texts: string[] = [];
  for await (const piece of pieces) {
    if (!piece.endsWith('\n')) throw new Error(`not a whole line: ${piece.slice(-100)}`);
    texts.push(piece);
  }
  return texts.join('');
}

/** The whole file, as readers of binary formats take it. */
export async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<ArrayBuffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return await new Blob(all as Uint8Array<ArrayBuffer>[]).arrayBuffer();
}
