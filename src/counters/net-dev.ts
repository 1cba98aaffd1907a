// Parses /proc/net/dev: one line for each interface, with sixteen numbers in an order that has not changed since Linux 2.2.
// Text in, numbers out; knows no names of counters beside their order.

/** The columns, as they are documented for PAPI's net component too. */
export const NET_COLUMNS = [
  'rx:bytes',
  'rx:packets',
  'rx:errors',
  'rx:dropped',
  'rx:fifo',
  'rx:frame',
  'rx:compressed',
  'rx:multicast',
  'tx:bytes',
  'tx:packets',
  'tx:errors',
  'tx:dropped',
  'tx:fifo',
  'tx:colls',
  'tx:carrier',
  'tx:compressed',
] as const;

export type NetColumn = (typeof NET_COLUMNS)[number];

/** A line longer than that holds no interface: names have 15 bytes, numbers 20 digits. */
const LONGEST_LINE = 1000;

/** The sixteen numbers of each interface, in the order of the columns. What is no such line is left out. */
export function parseNetDev(text: string, most: number): ReadonlyMap<string, readonly number[]> {
  const interfaces = new Map<string, readonly number[]>();
  for (const line of text.split('\n')) {
    if (interfaces.size >= most) break;
    // The last colon: an alias such as eth0:1 has one in its name. Old kernels put no blank behind it.
    const colon = line.lastIndexOf(':');
    if (colon < 0 || line.length > LONGEST_LINE) continue;
    const name = line.slice(0, colon).trim();
    const fields = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/);
    const isWhole = fields.length >= NET_COLUMNS.length && fields.every((field) => /^\d{1,20}$/.test(field));
    if (name !== '' && isWhole) interfaces.set(name, fields.slice(0, NET_COLUMNS.length).map(Number));
  }
  return interfaces;
}
