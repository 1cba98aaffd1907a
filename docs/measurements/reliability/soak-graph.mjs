// Draws a soak: what its process held after every round, over time, as an SVG.
//
//   node docs/measurements/reliability/soak-graph.mjs soak.json > soak.svg
import { readFileSync } from 'node:fs';

const MIB = 2 ** 20;
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, GAP] = [860, 150, 60, 190, 40, 36];

const { rounds, casesPerRound, binding, end } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const lastMinutes = rounds.at(-1).atSeconds / 60;
const objects = ({ liveObjects }) => Object.values(liveObjects).reduce((all, count) => all + count, 0);
const panels = [
  {
    unit: 'MiB',
    lines: [
      ['resident', '#1f6feb', ({ rssBytes }) => rssBytes / MIB],
      ['of it anonymous', '#8250df', ({ anonymousBytes }) => anonymousBytes / MIB],
      ['of it JavaScript', '#bf8700', ({ heapBytes }) => heapBytes / MIB],
    ],
  },
  {
    unit: 'count',
    lines: [
      ['file descriptors', '#1f6feb', ({ fds }) => fds],
      ['threads', '#8250df', ({ threads }) => threads],
      ['Vulkan objects', '#cf222e', objects],
    ],
  },
  {
    unit: 'thousands',
    lines: [
      ['objects created', '#57606a', ({ madeObjects }) => madeObjects / 1e3],
      ['submissions', '#1f6feb', ({ submissions }) => submissions / 1e3],
      ['cases × 10', '#8250df', ({ rounds: done }) => (done * casesPerRound) / 100],
    ],
  },
];
console.log(svg());

function svg() {
  const height = TOP + panels.length * (HEIGHT + GAP);
  const left = end === null ? 'still running' : `${objects(end)} Vulkan objects left at its end`;
  const title = `Soak of the quick suite (${binding}): ${rounds.length} rounds of ${casesPerRound} cases in one process, ${left}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">
<title>${title}</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="${LEFT}" y="22" font-size="14">${title}</text>
${panels.map(panel).join('\n')}
</svg>`;
}

function panel({ unit, lines }, index) {
  const top = TOP + index * (HEIGHT + GAP);
  const values = lines.flatMap(([, , of]) => rounds.map(of));
  const most = niceAbove(Math.max(...values));
  const x = ({ atSeconds }) => LEFT + ((WIDTH - LEFT - RIGHT) * atSeconds) / 60 / lastMinutes;
  const y = (value) => top + HEIGHT * (1 - value / most);
  const grid = [0, 0.5, 1].map((share) => {
    const at = y(share * most).toFixed(1);
    return `<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="#d0d7de"/><text x="${LEFT - 6}" y="${Number(at) + 4}" text-anchor="end">${share * most}</text>`;
  });
  const minutes = Array.from({ length: 7 }, (_, tick) => (lastMinutes * tick) / 6).map((minute) => {
    const at = x({ atSeconds: minute * 60 }).toFixed(1);
    return `<text x="${at}" y="${top + HEIGHT + 16}" text-anchor="middle">${Math.round(minute)} min</text>`;
  });
  const drawn = lines.map(([name, colour, of], line) => {
    const points = rounds.map((round) => `${x(round).toFixed(1)},${y(of(round)).toFixed(1)}`).join(' ');
    const [first, last] = [of(rounds[0]), of(rounds.at(-1))].map((value) => Math.round(value));
    const at = `x="${WIDTH - RIGHT + 10}" y="${top + 14 + 18 * line}"`;
    return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="1.5"/><text ${at} fill="${colour}">${name}: ${first} to ${last}</text>`;
  });
  return [
    ...grid,
    ...minutes,
    `<text x="${LEFT}" y="${top - 6}" fill="#57606a">${unit}</text>`,
    ...drawn,
  ].join('\n');
}

/** The next of 1, 2 and 5 times a power of ten. */
function niceAbove(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((limit) => limit >= value);
}
