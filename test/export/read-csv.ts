// Reads comma-separated values as RFC 4180 has them: rows of cells.

/** All rows; throws where a quote is out of place. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",\n]*)(,|\n)/y;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const [, value, end] = cell.exec(text) ?? [];
    if (value === undefined) throw new Error(`cannot be read: ${text.slice(at, at + 80)}`);
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

/** Rows by the names of their columns; throws where one is longer or shorter than the head. */
export function readTable(text: string): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...rows] = readCsv(text);
  return rows.map((cells) => {
    if (cells.length !== head.length) throw new Error(`${cells.length} cells below ${head.length}`);
    return Object.fromEntries(head.map((name, i) => [name, cells[i] as string]));
  });
}
