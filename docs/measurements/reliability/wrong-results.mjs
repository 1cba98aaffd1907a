// How many of the bits that a device flips now and then are found, with `--verify around` and with `--verify every`. Prints JSON.
// Run from the root of a checkout that was built: node docs/measurements/reliability/wrong-results.mjs [flips per mode]

import { countFound, flipBits } from '../../../test/faults/layer/count-flips.mjs';
import { buildFaultLayer } from '../../../test/faults/layer/fault-layer.mjs';

const wanted = Number(process.argv[2] ?? 200);
const CASES = 10;

const layer = buildFaultLayer();
const summary = {};
for (const verify of ['around', 'every']) {
  const flips = [];
  for (let offset = 0; flips.length < wanted; offset++)
    flips.push(...flipBits(layer, { verify, cases: CASES, offset }));
  summary[verify] = countFound(flips);
}
layer[Symbol.dispose]();
process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
