// A soak: one measuring process runs the quick suite round after round, and nothing in it may grow. Writes what it found after
// every round, so that a soak that is ended early is one of a shorter time. Prints one JSON line.
//
//   node docs/measurements/reliability/soak.mjs SECONDS [--binding auto] [--small] [--dispatches 10] [--out soak.json]
//
// `--small` makes the cases cheap, `--dispatches` adds as many of submit-dispatch to a round. Run it after `npm run build`.
import { renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildFaultLayer } from '../../../test/faults/layer/fault-layer.mjs';
import { quickCases, soakProcess } from './soak-process.mjs';
import { summarizeSoak } from './soak-summary.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    binding: { type: 'string', default: 'auto' },
    small: { type: 'boolean', default: false },
    dispatches: { type: 'string', default: '0' },
    out: { type: 'string' },
  },
});
const seconds = Number(positionals[0] ?? 60);
const { small, binding } = values;
const dispatches = Number(values.dispatches);
const cases = await quickCases({ small, dispatches });
const layer = buildFaultLayer();
const record = {
  started: new Date().toISOString(),
  node: process.version,
  binding,
  small,
  dispatches,
  seconds,
  casesPerRound: cases.length,
  rounds: [],
  end: null,
};
const sampling = { minTimeNs: 20e6, maxTimeNs: 50e6 };
record.end = await soakProcess(
  { seconds, binding, cases, strike: layer.strike(''), ...sampling },
  (round) => {
    record.rounds.push(round);
    save();
  },
);
layer[Symbol.dispose]();
save();
console.log(JSON.stringify(summarizeSoak(record)));

function save() {
  if (values.out === undefined) return;
  writeFileSync(`${values.out}.part`, JSON.stringify(record));
  renameSync(`${values.out}.part`, values.out);
}
