// The process in which targets are tried: takes its orders from fuzz.mjs, notes in a file which input is at hand, so that its
// death or silence is known to be of that one, and sends what each target found.
import { openSync, writeSync } from 'node:fs';
import { runTarget } from './run-target.mjs';

const order = await new Promise((resolve) => process.once('message', resolve));
const file = openSync(order.place, 'w');
const place = Buffer.alloc(8);
const onInput = (index) => {
  place.writeDoubleLE(index);
  writeSync(file, place, 0, 8, 0);
};

for (const { name, module, from, to } of order.targets) {
  onInput(from);
  const { default: targets } = await import(module);
  const target = targets.find((one) => one.name === name);
  const found = await runTarget(target, { seed: order.seed, from, to, onInput });
  const { inputs, accepted, refused, defects, counts } = found;
  await new Promise((resolve) => {
    process.send(
      {
        name,
        ...{ inputs, accepted, refused, defects },
        wallSeconds: Math.round(found.wallMs) / 1000,
        slowest: {
          index: found.slowestIndex,
          ms: tenths(found.slowestMs),
          cpuMs: tenths(found.slowestCpuMs),
        },
        peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
        ...(counts === undefined ? {} : { counts }),
      },
      resolve,
    );
  });
}
process.disconnect();
process.exit(0);

function tenths(ms) {
  return Math.round(ms * 10) / 10;
}
