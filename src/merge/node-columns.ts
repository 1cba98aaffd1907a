// The numbers of a fleet: for every case and metric one value a node. Typed arrays; NaN stands for none, inside of this folder only.

/** What the nodes measured of one thing, by the index of the node. */
export type NodeColumn = Float64Array;

/** The values of some nodes that there are, with the nodes they are of. */
export interface KnownValues {
  readonly nodes: Uint32Array;
  readonly values: Float64Array;
}

/** A column with a value for none. */
export function emptyColumn(nodes: number): NodeColumn {
  return new Float64Array(nodes).fill(Number.NaN);
}

/** The values of these nodes that there are, as `map` makes them of those of the column. */
export function knownValues(
  column: NodeColumn,
  nodes: Iterable<number>,
  map: (value: number) => number = (value) => value,
): KnownValues {
  const known = [...nodes].filter((node) => !Number.isNaN(column[node] as number));
  return {
    nodes: Uint32Array.from(known),
    values: Float64Array.from(known, (node) => map(column[node] as number)),
  };
}
