// Reads the text format of Prometheus as its server does, and finds what `promtool check metrics` finds: broken lines, families
// that are torn apart, series that occur twice, names against the conventions.
/** One series. */
export interface ReadSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What was read, and all that is wrong. */
export interface ReadMetrics {
  readonly series: readonly ReadSeries[];
  readonly problems: readonly string[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
/** Of promtool's linter. */
const ABBREVIATED = ['s', 'ms', 'us', 'ns', 'sec', 'b', 'kb', 'mb', 'gb', 'tb', 'pb', 'm', 'h', 'd'];
const NOT_BASE =
  /(^|_)(milli|micro|nano|kilo|mega|giga)?(milliseconds|microseconds|nanoseconds|minutes|hours|days|bits|kilobytes|megabytes|percent)(_|$)/;

interface OpenFamily {
  readonly name: string;
  readonly type: string;
}

/** Reads a whole file. */
export function readPrometheus(text: string): ReadMetrics {
  const series: ReadSeries[] = [];
  const problems: string[] = text === '' || text.endsWith('\n') ? [] : ['no line feed at the end'];
  const seen = new Set<string>();
  const families = new Set<string>();
  let helped = '';
  let open: OpenFamily | null = null;
  for (const line of text.split('\n').slice(0, -1)) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === 'HELP') helped = name;
    else if (kind === 'TYPE') {
      if (families.has(name)) problems.push(`${name}: two families of this name`);
      families.add(name);
      problems.push(...lint(name, rest), ...(helped === name ? [] : [`${name}: no help`]));
      open = { name, type: rest };
    } else if (line.startsWith('#')) problems.push(`what is this comment: ${line}`);
    else {
      const read = readSeries(line, open);
      if (typeof read === 'string') {
        problems.push(read);
        continue;
      }
      const key = JSON.stringify([read.name, Object.entries(read.labels).sort()]);
      if (seen.has(key)) problems.push(`twice: ${key.slice(0, 200)}`);
      seen.add(key);
      series.push(read);
    }
  }
  return { series, problems };
}

function readSeries(line: string, family: OpenFamily | null): ReadSeries | string {
  const match = /^([^\s{]+)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (\S+)$/.exec(
    line,
  );
  const [, name, labelText = '', valueText] = match ?? [];
  if (name === undefined || valueText === undefined) return `cannot be read: ${line.slice(0, 300)}`;
  if (!NAME.test(name)) return `no name: ${name}`;
  const labels: Record<string, string> = {};
  for (const [, label = '', value = ''] of labelText.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)) {
    if (Object.hasOwn(labels, label)) return `label ${label} twice`;
    labels[label] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
  }
  const value = Number(valueText);
  if (!Number.isFinite(value)) return `no finite value: ${line.slice(0, 300)}`;
  const own = family?.type === 'summary' ? ['', '_sum', '_count'] : [''];
  if (!own.some((suffix) => name === `${family?.name}${suffix}`)) return `${name} is not in its family`;
  if ((labels.quantile !== undefined) !== (family?.type === 'summary' && name === family.name))
    return `${name}: the label quantile is for summaries`;
  return { name, labels, value };
}

function lint(name: string, type: string): readonly string[] {
  const parts = name.split('_');
  const rules: readonly (readonly [boolean, string])[] = [
    [!NAME.test(name), 'is no name'],
    [!['gauge', 'counter', 'summary', 'histogram', 'untyped'].includes(type), `has no type: ${type}`],
    [name.includes(':'), 'has a colon'],
    [/[a-z][A-Z]/.test(name), 'is in camel case'],
    [(type === 'counter') !== name.endsWith('_total'), 'ends in _total, or is a counter that does not'],
    [
      type !== 'histogram' && type !== 'summary' && /_(count|sum|bucket)$/.test(name),
      'has a suffix of summaries',
    ],
    [parts.some((part) => ABBREVIATED.includes(part)), 'abbreviates a unit'],
    [NOT_BASE.test(name), 'has no base unit'],
    [parts.some((part) => ['gauge', 'counter', 'summary', 'histogram'].includes(part)), 'names its type'],
  ];
  return rules.flatMap(([isWrong, problem]) => (isWrong ? [`${name} ${problem}`] : []));
}
