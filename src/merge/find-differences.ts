// In which facts the nodes of a fleet are not all alike: what an outlier often comes from, or what makes two nodes no copies of each
// other. Knows what a fact is called, not what it does.
import type { Available } from '../base/availability.ts';
import type { KeptReport } from './collect-reports.ts';
import type { FleetDifference } from './fleet-report.ts';
import type { PlacedNode } from './place-nodes.ts';
import type { NodeFacts } from './shared-facts.ts';

type Fact = Available<string | number> | string | number | null;

const FACTS: Readonly<Record<string, (facts: NodeFacts) => Fact>> = {
  device: ({ device }) => device,
  driver: ({ driver }) => driver,
  guestmark: ({ toolVersion }) => toolVersion,
  binding: ({ binding }) => binding,
  kernel: ({ linuxRelease }) => linuxRelease,
  hypervisor: ({ hypervisor }) => hypervisor,
  attachment: ({ attachment }) => attachment,
  CPU: ({ cpuModel }) => cpuModel,
  'number of CPUs': ({ cpuCount }) => cpuCount,
  'tier of the clocks': ({ tier }) => tier,
  'power limit (W)': ({ powerLimitWatts }) => powerLimitWatts,
};

/** What stands for a fact that a report does not tell, beside reports that do. */
const UNKNOWN = 'unknown';

/** The facts with more than one value. */
export function findDifferences(nodes: readonly PlacedNode[]): readonly FleetDifference[] {
  const facts = nodes.map(({ name, reports }) => ({ name, facts: (reports[0] as KeptReport).facts }));
  const settings = new Set(facts.flatMap((one) => Object.keys(one.facts.settings)));
  const reads: readonly (readonly [what: string, read: (facts: NodeFacts) => Fact])[] = [
    ...Object.entries(FACTS),
    ...[...settings].map((name) => [`setting ${name}`, settingOf(name)] as const),
  ];
  return reads.flatMap(([what, read]) => {
    const values = valuesOf(facts.map((one) => ({ name: one.name, value: textOf(read(one.facts)) })));
    return values.length > 1 ? [{ what, values }] : [];
  });
}

function settingOf(name: string): (facts: NodeFacts) => Fact {
  return ({ settings }) => (Object.hasOwn(settings, name) ? (settings[name] as string) : null);
}

function textOf(fact: Fact): string {
  if (fact === null) return UNKNOWN;
  if (typeof fact !== 'object') return String(fact);
  return fact.available ? String(fact.value) : UNKNOWN;
}

function valuesOf(
  told: readonly { readonly name: string; readonly value: string }[],
): FleetDifference['values'] {
  const counts = new Map<string, { nodes: number; readonly first: string }>();
  for (const { name, value } of told) {
    const known = counts.get(value);
    if (known === undefined) counts.set(value, { nodes: 1, first: name });
    else known.nodes++;
  }
  return [...counts].map(([value, of]) => ({ value, ...of })).sort((a, b) => b.nodes - a.nodes);
}
