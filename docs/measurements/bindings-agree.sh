#!/usr/bin/env bash
# Interleaves runs of the quick suite under nvk and koffi and compares the medians of GPU time, case by case:
# the ratio of the medians over all runs, beside the ratio of the largest to the smallest run median of one
# binding alone (its noise).
#
#   docs/measurements/bindings-agree.sh [PASSES]       (in the project's root, after `npm run build`)
set -euo pipefail
passes=${1:-5}; work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
for ((pass = 0; pass < passes; pass++)); do
  for binding in nvk koffi; do
    node dist/cli.js run --suite quick --runs 1 --seed $((pass + 1)) --binding $binding --json --out "$work/$binding-$pass.json" > /dev/null
  done
done
node - "$work" << 'JS'
const { readdirSync, readFileSync } = require('node:fs');
const folder = process.argv[2];
const medians = {};
for (const file of readdirSync(folder)) {
  const binding = file.split('-')[0];
  for (const { benchmark, status, metrics } of JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')).results) {
    const metric = metrics.find(({ id }) => id === 'gpuTime');
    if (status === 'ok' && metric !== undefined) ((medians[benchmark] ??= {})[binding] ??= []).push(metric.value);
  }
}
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const spread = (values) => Math.max(...values) / Math.min(...values);
console.log('| case | nvk, GPU time | koffi, GPU time | ratio | spread within one binding |\n|---|---|---|---|---|');
for (const [name, { nvk, koffi }] of Object.entries(medians)) {
  const us = (values) => `${(median(values) / 1e3).toPrecision(4)} µs`;
  const noise = Math.max(spread(nvk), spread(koffi)).toFixed(2);
  console.log(`| ${name} | ${us(nvk)} | ${us(koffi)} | ${(median(nvk) / median(koffi)).toFixed(3)} | ${noise} |`);
}
JS
