// Exports of reports that are in memory already, as whole texts.
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
