// What went through each network interface, by one reading of /proc/net/dev: nothing is kept from one reading to the next, and
// the names are the documented ones in full.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { plainText } from '../virt/plain-text.ts';
import type { CounterDescription, CounterGroupDefinition, CounterSource } from './counter.ts';
import { NET_COLUMNS, type NetColumn, parseNetDev } from './net-dev.ts';
import { type Counts, countsSource, growingCounter } from './read-counts.ts';

/** The group `net`. */
export const NETWORK_COUNTERS: CounterGroupDefinition = {
  id: 'net',
  title: 'Network interfaces',
  open: ({ machine }) => openNetwork(machine.files),
};

const FILE = '/proc/net/dev';
/** A host of containers may have thousands of interfaces; the first of the list are those of the hardware. */
const MOST_INTERFACES = 256;

const COLUMN_WORDS: Readonly<Record<NetColumn, string>> = {
  'rx:bytes': 'Bytes received',
  'rx:packets': 'Packets received',
  'rx:errors': 'Packets received with an error of any kind',
  'rx:dropped': 'Packets received and dropped, mostly for want of memory or of a taker',
  'rx:fifo': "Packets lost because the receiver's queue was full",
  'rx:frame': 'Packets received with an error of framing, length or checksum',
  'rx:compressed': 'Compressed packets received',
  'rx:multicast': 'Multicast packets received',
  'tx:bytes': 'Bytes sent',
  'tx:packets': 'Packets sent',
  'tx:errors': 'Packets whose sending failed for any reason',
  'tx:dropped': 'Packets dropped before they were sent',
  'tx:fifo': "Packets lost because the sender's queue ran empty or full",
  'tx:colls': 'Collisions on the wire',
  'tx:carrier': 'Packets lost because there was no carrier, or for another fault of the link',
  'tx:compressed': 'Compressed packets sent',
};

const nameOf = (label: string, column: NetColumn): string => `net:${label}:${column}`;

function openNetwork(files: SystemFiles): Available<CounterSource> {
  const text = files.read(FILE);
  if (!text.available) return text;
  const interfaces = [...parseNetDev(text.value, MOST_INTERFACES).keys()];
  if (interfaces.length === 0) return unavailable(`${FILE}: no line of an interface`);
  const known = files.list('/sys/class/net');
  const present = known.available ? known.value : [];
  const counters = new Map(
    interfaces
      .flatMap((name) => describeInterface(name, !present.includes(name) || hasDevice(name, files)))
      .map((counter) => [counter.name, counter] as const),
  );
  return available(
    countsSource({
      counters: [...counters.values()],
      look: () => mapAvailable(files.read(FILE), countsOf),
      missing: () => `${FILE}: the interface is gone`,
    }),
  );
}

/** A virtual interface (loopback, bridge, tunnel, one end of a pair) has no device behind it. */
function hasDevice(name: string, files: SystemFiles): boolean {
  const path = `/sys/class/net/${name}/device`;
  return files.link(path).available || files.list(path).available;
}

function describeInterface(name: string, isReal: boolean): readonly CounterDescription[] {
  const label = plainText(name);
  const where = isReal ? label : `${label}, a virtual interface`;
  return NET_COLUMNS.map((column, index) =>
    growingCounter({
      name: nameOf(label, column),
      unit: column.endsWith(':bytes') ? 'B' : 'count',
      description: `${COLUMN_WORDS[column]} (${where}).`,
      source: `${FILE}, line ${label}, number ${index + 1}`,
    }),
  );
}

function countsOf(text: string): Counts {
  const counts = new Map<string, number>();
  for (const [name, numbers] of parseNetDev(text, MOST_INTERFACES)) {
    const label = plainText(name);
    for (const [index, column] of NET_COLUMNS.entries()) {
      counts.set(nameOf(label, column), numbers[index] as number);
    }
  }
  return counts;
}
