// Figures of guestmark and of its peers on one device in one measurement: every program runs once in each round, in an order drawn
// anew, so that what the machine does meanwhile falls on all of them. Prints a table in markdown, and the figures as JSON.
//
//   node docs/measurements/peers/compare.mjs --rounds 5 --out peers.json \
//     --clpeak PROGRAM --vkpeak PROGRAM --uvkcompute BUILD-FOLDER [--only fp32,copy]
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { METRICS, toolsOf } from './tools.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    out: { type: 'string' },
    only: { type: 'string' },
    clpeak: { type: 'string' },
    vkpeak: { type: 'string' },
    uvkcompute: { type: 'string' },
  },
});
const guestmark = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const only = values.only?.split(',');
const tools = toolsOf({ ...values, guestmark }).filter(({ metric }) => only?.includes(metric) ?? true);
const figures = tools.map(({ tool, metric, command }) => ({ tool, metric, command, values: [], errors: [] }));

const rounds = Number(values.rounds);
for (let round = 0; round < rounds; round++) {
  for (const index of shuffled(tools.length)) measure(tools[index], figures[index], round);
}
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify({ rounds, figures }, null, 2)}\n`);
process.stdout.write(table());

function measure({ tool, metric, measure }, figure, round) {
  try {
    figure.values[round] = measure();
  } catch (error) {
    figure.values[round] = null;
    figure.errors.push(String(error).split('\n')[0]);
  }
  process.stderr.write(
    `round ${round + 1}: ${metric} ${tool} ${figure.values[round]?.toFixed(2) ?? 'failed'}\n`,
  );
}

function shuffled(count) {
  const order = Array.from({ length: count }, (_, i) => ({ i, at: Math.random() }));
  return order.sort((a, b) => a.at - b.at).map(({ i }) => i);
}

function median(numbers) {
  const sorted = numbers.filter((one) => one !== null).sort((a, b) => a - b);
  return sorted.length === 0
    ? undefined
    : (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** `71.2 (68.0–74.9)`: the median of the rounds, and all of them. */
function spread(numbers) {
  const known = numbers.filter((one) => one !== null);
  if (known.length === 0) return 'failed';
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return `${median(known).toPrecision(3)} (${low.toPrecision(3)}–${high.toPrecision(3)})`;
}

function table() {
  const names = ['guestmark', 'clpeak', 'vkpeak', 'uVkCompute'];
  const lines = METRICS.flatMap(({ id, what, unit }) => {
    const of = (name) => figures.find(({ tool, metric }) => tool === name && metric === id);
    const ours = of('guestmark');
    const peers = names.slice(1).flatMap((name) => of(name) ?? []);
    if (ours === undefined || peers.length === 0) return [];
    const cells = names.map((name) => (of(name) === undefined ? '–' : spread(of(name).values)));
    return [`| ${what}, ${unit} | ${cells.join(' | ')} | ${ratio(ours, peers)} |`];
  });
  const head = `| metric | ${names.join(' | ')} | ours / best peer |\n|---|---|---|---|---|---|`;
  return `${head}\n${lines.join('\n')}\n`;
}

/** Ours over the best peer's of the same round, whichever peer is the best over all rounds. */
function ratio(ours, peers) {
  const [best] = [...peers].sort((a, b) => (median(b.values) ?? 0) - (median(a.values) ?? 0));
  const ratios = ours.values.map((value, round) =>
    value === null || !best.values[round] ? null : value / best.values[round],
  );
  return spread(ratios);
}
