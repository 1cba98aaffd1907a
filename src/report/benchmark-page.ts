// What `guestmark list NAME` prints: one benchmark explained to a stranger. Pure; says what the benchmark says of itself and
// what follows from it, and nothing of results.
import { formatBytes, formatNs, formatQuantity } from '../base/units.ts';
import type {
  BenchmarkDescription,
  BufferDescription,
  PointDescription,
} from '../suite/describe-benchmark.ts';
import { axesText } from './axes-text.ts';
import { type Row, renderColumns } from './columns.ts';
import { painter } from './paint.ts';
import { singular } from './shown-units.ts';
import type { TerminalOptions } from './table.ts';

/** A label beside text that may take several lines. */
const LABELLED = [{}, { wraps: true }] as const;

type Line = readonly [label: string, text: string];

/**
 * Renders the page.
 *
 * @param units In which its figures are shown.
 */
export function benchmarkPage(
  benchmark: BenchmarkDescription,
  units: readonly string[],
  { width, color }: TerminalOptions,
): string {
  const layout = { width, paint: painter(color) };
  const blocks = [
    [['benchmark', `${benchmark.name}: ${benchmark.summary}`], ...natureLines(benchmark, units)],
    explanationLines(benchmark),
    suiteLines(benchmark),
    pointLines(benchmark),
  ] as readonly (readonly Line[])[];
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => renderColumns(LABELLED, lines.map(labelled), layout).join('\n'))
    .join('\n\n')}\n`;
}

function labelled([label, text]: Line): Row {
  return { cells: [{ text: label.padEnd(LABEL_WIDTH), style: 'heading' }, text] };
}

/** Of the longest label, so that all blocks have one margin. */
const LABEL_WIDTH = 'what limits it'.length;

function natureLines(
  { category, kind, isOperation, isRoof, flopType, fitsStartUp, needs, obstacle }: BenchmarkDescription,
  units: readonly string[],
): readonly Line[] {
  // As derive-roofline.ts chooses them.
  const roofs = [
    ...(units.includes('GFLOP/s') ? [`of ${flopType} arithmetic`] : []),
    ...(units.includes('GB/s') ? ['of memory, at its largest size'] : []),
  ];
  const roof = isRoof ? `; its highest is a roof of the roofline: ${roofs.join(', and ')}` : '';
  const fit =
    fitsStartUp === null ? '' : `; its times over ${fitsStartUp} are fitted to a start-up time and a rate`;
  return [
    ...(category === null ? [] : [['category', category] as const]),
    ['figure', `${units.join(', ')}${roof}${fit}`],
    ['kind', isOperation ? OPERATION_KIND : KINDS[kind]],
    ['needs', needs.length === 0 ? 'no optional feature' : needs.join(', ')],
    ...(obstacle === null ? [] : [['cannot run', obstacle] as const]),
  ];
}

const KINDS: Readonly<Record<BenchmarkDescription['kind'], string>> = {
  latency: 'latency: one submission with one iteration is one sample',
  throughput: 'throughput: iterations are repeated in a submission until it is long enough to time',
};
const OPERATION_KIND =
  'latency: one operation of this machine is one sample; those that are short against the clock, and need neither a wait nor anything to be put back, are repeated in a sample';

function explanationLines({
  explanation,
  isOperation,
  verifies,
  repeatable,
}: BenchmarkDescription): readonly Line[] {
  const repeats =
    repeatable.length === 0 ? '' : `; ${repeatable.join(', ')} must repeat bit for bit in every run`;
  const checked: Line = ['checked', isOperation ? OPERATION_CHECKED : `${CHECKED[verifies]}${repeats}`];
  if (explanation === null) return [checked];
  const { method, limit, verification, sources = [] } = explanation;
  return [
    ['how', method],
    ['what limits it', limit],
    ['verified', verification],
    checked,
    ...(sources.length === 0 ? [] : [['sources', sources.join('\n')] as const]),
  ];
}

const CHECKED: Readonly<Record<BenchmarkDescription['verifies'], string>> = {
  'all iterations':
    'what all iterations since the buffers were filled have left, before timing and after it; by its SHA-256 where the same bytes were found right before',
  'one iteration': 'what one iteration leaves in buffers filled anew, twice before timing and once after it',
};

const OPERATION_CHECKED = 'what its operations have left behind, after the first one and after the last';

function suiteLines({ axes, suites }: BenchmarkDescription): readonly Line[] {
  const lines = Object.entries(suites).map(
    ([suite, planned]): Line => [suite, `${counted(planned.cases)}: ${axesText(planned.axes)}`],
  );
  return lines.length === 0 ? [['axes', axesText(axes)]] : lines;
}

function counted(cases: number): string {
  return cases === 1 ? '1 case' : `${cases} cases`;
}

function pointLines({ point, isOperation, itemName, flopType }: BenchmarkDescription): readonly Line[] {
  if (!point.available) return [['for example', point.reason]];
  const { id, steps, buffers, lastsNs } = point.value;
  const work = steps.length === 0 ? 'no work' : steps.join(', ');
  const what = isOperation ? 'an operation of this machine, in place of buffers and steps' : work;
  return [
    ['for example', id],
    ['iteration', [what, ...amounts(point.value, itemName, flopType)].join('; ')],
    ...(lastsNs === null
      ? []
      : [['lasts', `${formatNs(lastsNs)}, whatever the spread of its samples`] as const]),
    ...(buffers.length === 0 ? [] : [['buffers', buffers.map(bufferText).join('\n')] as const]),
  ];
}

function amounts(
  { bytes, flops, items }: PointDescription,
  itemName: string,
  flopType: string,
): readonly string[] {
  const intensity =
    bytes === null || flops === null || bytes === 0 ? [] : [`${(flops / bytes).toPrecision(3)} FLOP/B`];
  return [
    ...(bytes === null ? [] : [`moves ${formatBytes(bytes)}`]),
    ...(flops === null ? [] : [`computes ${formatQuantity(flops)} operations of ${flopType}`]),
    ...intensity,
    ...(items === null ? [] : [`${formatQuantity(items)} ${items === 1 ? singular(itemName) : itemName}`]),
  ];
}

const MEMORY: Readonly<Record<BufferDescription['memory'], string>> = {
  device: 'memory of the device',
  upload: 'memory that the CPU writes',
  download: 'memory that the CPU reads',
};

const FILL: Readonly<Record<BufferDescription['fill'], string>> = {
  zero: 'zero before the first iteration',
  random: 'random',
  poison: 'poisoned, because the kernel must overwrite it',
  computed: 'filled by the benchmark',
};

function bufferText({ name, type, elements, bytes, memory, usage, fill, image }: BufferDescription): string {
  const kind = image === null ? (usage === 'uniform' ? ', uniform' : '') : `, image ${image}`;
  return `${name}: ${formatQuantity(elements)} × ${type} (${formatBytes(bytes)}), ${MEMORY[memory]}${kind}; ${FILL[fill]}`;
}
