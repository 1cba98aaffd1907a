// Counters of HPE Slingshot adapters: the telemetry files of the class cxi, whose values bear the time of their reading.
// Left out: link_restarts (times of day, no counts) and /run/cxi (a file system in user space, which may make a reader wait).
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { CounterContext, CounterGroupDefinition, CounterSource } from './counter.ts';
import { type CounterFile, openCounterFile } from './counter-file.ts';
import { counterSetSource } from './counter-sets.ts';
import type { KnownCounter } from './known-counter.ts';
import { slingshotCounter } from './slingshot-counters.ts';

export const SLINGSHOT: CounterGroupDefinition = {
  id: 'cxi',
  title: 'HPE Slingshot adapters',
  open: openSlingshot,
};

const CLASS = '/sys/class/cxi';
/** Nodes have four or eight. */
const MOST_ADAPTERS = 16;

function openSlingshot({ machine: { files } }: CounterContext): Available<CounterSource> {
  const names = files.list(CLASS);
  if (!names.available) return unavailable(`no Slingshot adapter: ${names.reason}`);
  const adapters = names.value.filter((name) => /^cxi\d{1,4}$/.test(name)).slice(0, MOST_ADAPTERS);
  if (adapters.length === 0) return unavailable(`no Slingshot adapter in ${CLASS}`);
  const counters = adapters.flatMap((name) => openAdapter(files, name));
  if (counters.length === 0)
    return unavailable(`no telemetry of ${adapters.join(', ')}: ${whyNot(files, adapters)}`);
  return available(counterSetSource([{ counters, usable: () => available('always') }]));
}

function openAdapter(files: SystemFiles, adapter: string): readonly CounterFile[] {
  const folder = telemetryOf(adapter);
  const names = files.list(folder);
  return (names.available ? names.value : []).flatMap((name): readonly CounterFile[] => {
    const row = slingshotCounter(name);
    return row === undefined ? [] : [openCounter(files, adapter, `${folder}/${name}`, row)];
  });
}

function openCounter(files: SystemFiles, adapter: string, path: string, row: KnownCounter): CounterFile {
  return openCounterFile(files, path, {
    name: `cxi:${adapter}:${path.split('/').at(-1)}`,
    unit: row.unit,
    kind: 'count',
    description: `${row.description} (Slingshot)`,
    source: `${path}, what stands before the @`,
    step: null,
    wrapBits: row.bits,
    scale: 1,
  });
}

function telemetryOf(adapter: string): string {
  return `${CLASS}/${adapter}/device/telemetry`;
}

/** A virtual function in a guest has no such folder. */
function whyNot(files: SystemFiles, [adapter = '']: readonly string[]): string {
  const names = files.list(telemetryOf(adapter));
  return names.available ? 'none of the names in it is known' : names.reason;
}
