// From the strings of the command line to checked values. Every problem becomes commander's usage error,
// which names the option.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidArgumentError } from 'commander';
import { describeError } from '../base/errors.ts';
import { ownValue } from '../base/own-value.ts';
import { parseDurationNs, parseQuantity } from '../base/units.ts';
import { parseAxisValues } from '../definition/axis-values.ts';

/** Values of axes by name. */
export type Axes = Readonly<Record<string, readonly number[]>>;

/** Files as the URLs that import() takes on every platform. */
export function moduleUrls(files: readonly string[]): readonly string[] {
  return files.map((file) => pathToFileURL(resolve(file)).href);
}

/** Adds `name=value,value` to the axes given so far. */
export function collectAxis(text: string, axes: Axes = {}): Axes {
  const [, name, values] = /^(\w+)=(.+)$/.exec(text.trim()) ?? [];
  if (name === undefined || values === undefined)
    throw new InvalidArgumentError('It is not of the form name=value,value');
  const added = argument(() => parseAxisValues(values));
  return { ...axes, [name]: [...(ownValue(axes, name) ?? []), ...added] };
}

/** What a timer of Node can wait: 2^31 ms are 24.8 days. */
const MOST_DAYS = 24;

/** A duration such as 200ms in nanoseconds. */
export function duration(text: string): number {
  const ns = argument(() => parseDurationNs(text));
  if (!(ns > 0)) throw new InvalidArgumentError('It is not longer than 0');
  if (ns > MOST_DAYS * 86_400e9) throw new InvalidArgumentError(`It is longer than ${MOST_DAYS} days`);
  return ns;
}

/** A parser of whole numbers from `least` on; `what` names them in the message. */
export function whole(what: string, least: number): (text: string) => number {
  const most = 2 ** 32 - 1;
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is not ${what}, a whole number from ${least} to ${most}`);
  };
}

/** Lets commander report a usage error with the option's name, which takes the place of what cannot be read. */
function argument<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new InvalidArgumentError(describeError(error).replace(/^Cannot read \w+ ".*": /s, 'It is '));
  }
}

/** A size of at least one byte. */
export function sizeBytes(text: string): number {
  const value = /^[\d.]+(Ki|Mi|Gi|Ti)?$/.test(text) ? parseQuantity(text) : Number.NaN;
  if (Number.isFinite(value) && value >= 1) return Math.floor(value);
  throw new InvalidArgumentError('It is not a size such as 512Mi or 2Gi');
}

/** The name of a file to write, or `-`. */
export function outFile(text: string): string {
  if (text === '') throw new InvalidArgumentError('It names no file');
  return text;
}

/** Where to write by such a name: null is standard output. Commander has no null as the value of an option. */
export function outPlace(name: string | undefined): string | null {
  return name === undefined || name === '-' ? null : name;
}

/** The name of a folder, as it is. */
export function folderName(text: string): string {
  if (text === '') throw new InvalidArgumentError('It names no folder');
  return text;
}

/** `auto`, `none` or the number of a CPU. */
export function pinChoice(text: string): 'auto' | 'none' | number {
  if (text === 'auto' || text === 'none') return text;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is not auto, none or the number of a CPU');
}
