// A statement with the place where it stands: what all that merge statements, and none that parse them, need. Types only.
import type { Origin } from './definition.ts';
import type { Statement } from './statement.ts';

/** A statement and where it stands; of several the later ones win. */
export interface PlacedStatement {
  readonly statement: Statement;
  readonly from: Origin;
}
