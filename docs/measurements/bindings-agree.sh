#!/usr/bin/env bash
# Interleaves runs of the quick suite under nvk and koffi and compares the medians of GPU time, case by case, pass by
# pass: the median of the ratios with its interval (order statistics: 95 % or more), and the ratio of the largest
# to the smallest run median of one binding alone (its noise).
#
#   docs/measurements/bindings-agree.sh [PASSES]       (in the project's root, after `npm run build`)
set -euo pipefail
passes=${1:-9}; work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
for ((pass = 0; pass < passes; pass++)); do
  for binding in nvk koffi; do
    node dist/cli.js run --suite quick --runs 1 --seed $((pass + 1)) --binding $binding --json --out "$work/$binding-$pass.json" > /dev/null
  done
done
node --input-type=module - "$work" << 'JS'
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const { medianInterval } = await import(pathToFileURL('dist/stats/order-statistic-interval.js').href);
const folder = process.argv[2];
const medians = {};
for (const file of readdirSync(folder)) {
  const [binding, pass] = file.replace('.json', '').split('-');
  for (const { benchmark, status, metrics } of JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')).results) {
    const metric = metrics.find(({ id }) => id === 'gpuTime');
    if (status === 'ok' && metric !== undefined) ((medians[benchmark] ??= {})[binding] ??= [])[pass] = metric.value;
  }
}
const spread = (values) => Math.max(...values) / Math.min(...values);
console.log('| case | koffi, GPU time | nvk / koffi | interval | spread within one binding |\n|---|---|---|---|---|');
for (const [name, { nvk, koffi }] of Object.entries(medians)) {
  const { median, low, high } = medianInterval(Float64Array.from(nvk, (value, pass) => value / koffi[pass]));
  const us = (koffi.toSorted((a, b) => a - b)[koffi.length >> 1] / 1e3).toPrecision(4);
  const noise = Math.max(spread(nvk), spread(koffi)).toFixed(2);
  const [at, from, to] = [median, low, high].map((ratio) => ratio.toFixed(3));
  console.log(`| ${name} | ${us} µs | ${at} | ${from}–${to} | ${noise} |`);
}
JS
