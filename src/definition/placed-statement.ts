// A statement and where it stands: what a shader's pragmas, a module, a suite file and the command line have in common.
import type { Origin } from './definition.ts';
import { parseStatement, type Statement } from './statement.ts';

/** A statement and where it stands. */
export interface PlacedStatement {
  readonly statement: Statement;
  readonly from: Origin;
}

/** A statement in words with its place. */
export function placed(text: string, folder: string, from: Origin): PlacedStatement {
  return { statement: parseStatement(text, folder, from.place ?? from.kind), from };
}
