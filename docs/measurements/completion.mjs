// The grid of waits in a report of `guestmark run --suite latency`: what a wait takes by where the waiting thread runs and what
// the guest does meanwhile, the futex ping-pong beside it, and how far it predicts what an idle vCPU costs a wait.
//
//   guestmark run --suite latency --out report.json; node docs/measurements/completion.mjs report.json
import { readFileSync } from 'node:fs';

const PINS = ['free', 'same vCPU', 'other vCPU'];
const LOADS = ['idle', 'awake', 'contended'];
/** The prediction is to be this close. */
const LIMIT = 0.3;

const { results, device } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const software = device.available && device.value.software;
const ways = results.filter(({ benchmark, axes }) => /^completion-/.test(benchmark) && 'load' in axes);
const futex = results.filter(({ benchmark }) => benchmark === 'futex-ping-pong');

table(ways);
table(futex);
prediction();

function table(cases) {
  print(
    '| case | waiter | guest | p5 | median | 95 % interval | p95 | p99 | max | CPU time share | switches | run queue | stolen |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...cases.map(row),
    '',
  );
}

function row({ benchmark, axes, status, metrics, runs }) {
  const name = [benchmark.replace('completion-', ''), PINS[axes.pin], LOADS[axes.load]];
  if (status !== 'ok') {
    const why = runs.map((run) => run.skipReason ?? run.failure?.message).find((reason) => reason != null);
    return `| ${[...name, `${status}: ${why ?? ''}`].join(' | ')} |`;
  }
  const of = (id) => metrics.find((metric) => metric.id === id);
  const wall = of('wallTime');
  const value = (id, write) => (of(id) === undefined ? '–' : write(of(id).value));
  const steal =
    of('stealLow') === undefined
      ? '–'
      : `${percent(of('stealLow').value)} to ${percent(of('stealHigh').value)}`;
  const cells = [
    ...name,
    value('wallTimeP5', micros),
    micros(wall.value),
    `${micros(wall.low)} to ${micros(wall.high)}`,
    value('wallTimeP95', micros),
    value('wallTimeP99', micros),
    value('wallTimeMax', micros),
    value('cpuShare', percent),
    value('switchesPerSample', (count) => count.toFixed(2)),
    value('runQueueShare', percent),
    steal,
  ];
  return `| ${cells.join(' | ')} |`;
}

/**
 * A round trip of the ping-pong wakes two threads, and so does a submission to a software device, whose own thread is woken
 * first: the differences should be the same. A GPU is no thread, and half of the ping-pong's is predicted.
 */
function prediction() {
  const across = (benchmark) => difference(benchmark, [2, 0], [1, 0]);
  const idling = (benchmark) => difference(benchmark, [2, 0], [2, 1]);
  compare('across vCPUs less on one, in the idle guest', across);
  compare('idle less awake, across vCPUs', idling);
}

function compare(what, differenceOf) {
  const [measured, futexDifference] = [
    differenceOf('completion-fence-wait'),
    differenceOf('futex-ping-pong'),
  ];
  if (measured === null || futexDifference === null) return print(`${what}: not measured`);
  const predicted = futexDifference * (software ? 1 : 0.5);
  const error = predicted / measured - 1;
  const verdict = Math.abs(error) <= LIMIT ? 'within' : 'NOT within';
  print(
    `${what}: the wait differs by ${micros(measured)}, the futex predicts ${micros(predicted)}: ` +
      `${percent(error)}, ${verdict} ${percent(LIMIT)}`,
  );
}

/** The median in one setting less that in another; null where one was not measured. */
function difference(benchmark, setting, other) {
  const median = ([pin, load]) =>
    results
      .find(
        ({ benchmark: name, status, axes }) =>
          name === benchmark && status === 'ok' && axes.pin === pin && axes.load === load,
      )
      ?.metrics.find(({ id }) => id === 'wallTime')?.value;
  const [one, rest] = [median(setting), median(other)];
  return one === undefined || rest === undefined ? null : one - rest;
}

function micros(ns) {
  return `${Number((ns / 1e3).toPrecision(3))} µs`;
}

function percent(ratio) {
  return `${Number((100 * ratio).toPrecision(2))} %`;
}

function print(...lines) {
  process.stdout.write(`${lines.join('\n')}\n`);
}
