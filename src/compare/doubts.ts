// What makes a comparison doubtful as a whole: conditions in which the two sides differ besides the one that is compared, or
// that one side alone contains. Nothing is refused for it: the reader decides, with every doubt said.
import { type Available, valueOrUndefined } from '../base/availability.ts';
import type { ReportFacts, Side } from '../evidence/evidence.ts';
import type { Collection, Doubt } from './comparison.ts';

/** A condition of a report that must be the same on both sides, or the ratio is not only of what is compared. */
interface Condition {
  readonly id: string;
  readonly what: string;
  readonly of: (facts: ReportFacts) => string | null;
  readonly advice: string;
}

const SAME_SETTINGS = 'measure both sides with the same options';

const known = (value: Available<string>): string | null => valueOrUndefined(value) ?? null;

const CONDITIONS: readonly Condition[] = [
  {
    id: 'different-device',
    what: 'device',
    of: ({ device }) => known(device),
    advice: 'the ratio is of the devices too: compare the same one, or take it as a comparison of devices',
  },
  {
    id: 'different-driver',
    what: 'driver',
    of: ({ driver }) => known(driver),
    advice: 'install the same driver on both sides: it compiles the kernels',
  },
  {
    id: 'different-binding',
    what: 'binding',
    of: ({ binding }) => known(binding),
    advice: 'run both sides with the same --binding: submissions cost more through nvk',
  },
  {
    id: 'different-tier',
    what: 'timing tier',
    of: ({ tier }) => known(tier),
    advice: 'corrected times of different tiers hold different things: see docs/timing-model.md',
  },
  {
    id: 'different-version',
    what: 'version of the tool',
    of: ({ producer, toolVersion }) => `${producer} ${toolVersion}`,
    advice: 'measure both sides with one version: the shipped kernels belong to it',
  },
  {
    id: 'different-power-limit',
    what: 'power limit',
    of: ({ powerLimitWatts }) => (powerLimitWatts.available ? `${powerLimitWatts.value} W` : null),
    advice: 'set the same power limit on both sides, or compare only what does not reach it',
  },
];

/** Doubts about the sides and how they were collected; cases that differ too much are the business of case-doubts.ts. */
export function sideDoubts(baseline: Side, contender: Side, collection: Collection): readonly Doubt[] {
  return [
    ...sharedDoubt(baseline, contender),
    ...repeatedDoubt('baseline', baseline),
    ...repeatedDoubt('contender', contender),
    ...CONDITIONS.flatMap((condition) => conditionDoubts(condition, baseline, contender)),
    ...settingDoubts(baseline, contender),
    ...softwareDoubt(baseline, contender),
    ...unfinishedDoubt('baseline', baseline),
    ...unfinishedDoubt('contender', contender),
    ...(collection.kind === 'separate' ? [SEPARATE] : []),
  ];
}

/** A report on both sides, by its path or by the very moments at which its processes began. */
function sharedDoubt(baseline: Side, contender: Side): readonly Doubt[] {
  const namesOf = ({ path, processStartsMs }: ReportFacts): readonly string[] => [
    path,
    ...(processStartsMs.length === 0 ? [] : [processStartsMs.join()]),
  ];
  const ofBaseline = new Set(baseline.reports.flatMap(namesOf));
  const shared = contender.reports.filter((facts) => namesOf(facts).some((name) => ofBaseline.has(name)));
  if (shared.length === 0) return [];
  const message = `the same report is on both sides: ${listed(shared.map(({ path }) => path))}`;
  return [
    { id: 'same-report', message, advice: 'a report compared with itself says nothing: measure both sides' },
  ];
}

/** A copy of a file makes evidence of the same runs twice, and every interval too narrow. */
function repeatedDoubt(name: string, { reports }: Side): readonly Doubt[] {
  const seen = new Set<string>();
  const copies = reports.filter(({ processStartsMs, hostname, device }) => {
    if (processStartsMs.length === 0) return false;
    const mark = JSON.stringify([processStartsMs, hostname, device]);
    return seen.has(mark) || !seen.add(mark);
  });
  if (copies.length === 0) return [];
  const message = `the ${name} has copies of reports that it has already: ${listed(copies.map(({ path }) => path))}`;
  return [
    { id: 'repeated-report', message, advice: 'leave the copies out: the same runs are no more evidence' },
  ];
}

const SEPARATE: Doubt = {
  id: 'separate-collection',
  message:
    'the runs of the sides do not take turns: one side, or a long block of it, was collected before the other',
  advice: 'alternate them on one machine: one run of each side in turn, each into a report of its own',
};

function conditionDoubts(
  { id, what, of, advice }: Condition,
  baseline: Side,
  contender: Side,
): readonly Doubt[] {
  const values = [valuesOf(baseline, of), valuesOf(contender, of)] as const;
  const mixed = (['baseline', 'contender'] as const).flatMap((name, side): Doubt[] => {
    const several = values[side] as readonly string[];
    if (several.length < 2) return [];
    const message = `the ${name} mixes reports of ${several.length} values of its ${what}: ${listed(several)}`;
    return [
      { id: `mixed-${id.replace('different-', '')}`, message, advice: 'give reports of one kind to a side' },
    ];
  });
  const [left, right] = values.map((several) => [...several].sort().join(' | '));
  if (left === right || left === '' || right === '') return mixed;
  const message = `the ${what} differs: ${listed(values[0])} against ${listed(values[1])}`;
  return [{ id, message, advice }, ...mixed];
}

function valuesOf({ reports }: Side, of: Condition['of']): readonly string[] {
  return [...new Set(reports.flatMap((facts) => of(facts) ?? []))];
}

const MOST_LISTED = 3;

function listed(values: readonly string[]): string {
  const rest = values.length - MOST_LISTED;
  return values.slice(0, MOST_LISTED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** Every setting that the sides do not share, in one doubt. */
function settingDoubts(baseline: Side, contender: Side): readonly Doubt[] {
  const names = new Set(
    [...baseline.reports, ...contender.reports].flatMap(({ settings }) => Object.keys(settings)),
  );
  const differing = [...names].flatMap((name) => {
    const of = ({ settings }: ReportFacts): string =>
      Object.hasOwn(settings, name) ? `${settings[name]}` : 'not set';
    const [left, right] = [valuesOf(baseline, of), valuesOf(contender, of)];
    const isSame = left.length === 1 && right.length === 1 && left[0] === right[0];
    return isSame ? [] : [`${name} (${listed(left)} against ${listed(right)})`];
  });
  if (differing.length === 0) return [];
  return [
    { id: 'different-settings', message: `settings differ: ${differing.join('; ')}`, advice: SAME_SETTINGS },
  ];
}

function softwareDoubt(baseline: Side, contender: Side): readonly Doubt[] {
  if (![...baseline.reports, ...contender.reports].some(({ software }) => software)) return [];
  const message = 'the device is software: its times are of the CPUs of the guest, and say nothing of a GPU';
  return [{ id: 'software-device', message, advice: null }];
}

function unfinishedDoubt(name: string, { reports }: Side): readonly Doubt[] {
  const unfinished = reports.filter(({ status }) => status !== 'complete');
  if (unfinished.length === 0) return [];
  const message = `${unfinished.length} of ${reports.length} reports of the ${name} ${unfinished.length === 1 ? 'is' : 'are'} not complete: ${listed(unfinished.map(({ path }) => path))}`;
  return [
    {
      id: 'partial-report',
      message,
      advice: 'later cases and runs are missing there; run again to complete it',
    },
  ];
}
