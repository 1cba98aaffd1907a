// What hog.mjs and steal-lab.mjs share: reports to runs of a case with parts and undisturbed wall, and the table of both sides.

import { COMPARE_DEFAULTS } from '../../../dist/compare/comparison.js';
import { explainCase } from '../../../dist/compare/explain-case.js';
import { evidenceOf } from '../../../dist/evidence/case-evidence.js';
import { PART_LABELS } from '../../../dist/evidence/part-labels.js';
import { correctedWallMetrics } from '../../../dist/report/corrected-wall.js';
import { bootstrapMedian } from '../../../dist/stats/bootstrap.js';

const OPTIONS = { seed: COMPARE_DEFAULTS.seed };

/** Runs of every case of some reports, by case id: the evidence of the product, and the run itself. */
export function runsByCase(reports) {
  const cases = new Map();
  for (const report of reports) {
    evidenceOf(report, 'report').cases.forEach(({ id, runs }, at) => {
      const own = report.results[at].runs;
      const known = runs.map((evidence) => ({
        ...evidence,
        raw: own.find(({ run }) => run === evidence.run),
      }));
      cases.set(id, [...(cases.get(id) ?? []), ...known]);
    });
  }
  return cases;
}

/** What both sides and their difference are, in µs, as a table in Markdown; and what `check` finds wrong. */
export function judge(id, baseline, contender) {
  const explained = explainCase(baseline, contender, { ...COMPARE_DEFAULTS, resamples: 1000 });
  if (!explained.available) throw new Error(`Cannot explain ${id}: ${explained.reason}`);
  const [quiet, other] = [figures(baseline), figures(contender)];
  const rows = explained.value.parts.map((part) => {
    const means = [baseline, contender].map((runs) => meanOf(runs, part.id));
    return `| ${PART_LABELS[part.id].short} | ${means.join(' | ')} | ${us(part.ns)} | ${us(part.lowNs)} to ${us(part.highNs)} |`;
  });
  return { explained: explained.value, quiet, other, rows };
}

function meanOf(runs, id) {
  const parts = runs.flatMap(({ parts: own }) => own.filter((part) => part.id === id));
  return parts.length === 0 ? '–' : us(parts.reduce((sum, { ns }) => sum + ns, 0) / parts.length);
}

/** Median and mean wall, the same undisturbed as intervals, and without steal only. */
function figures(runs) {
  const wall = bootstrapMedian(
    runs.map(({ times }) => times.wallTime),
    OPTIONS,
  );
  const [low, high] = ['lowNs', 'highNs'].map((end) =>
    bootstrapMedian(
      runs.map(({ undisturbedWall }) => (undisturbedWall.available ? undisturbedWall.value[end] : [])),
      OPTIONS,
    ),
  );
  const mean = runs.reduce((sum, { wallMeanNs }) => sum + wallMeanNs, 0) / runs.length;
  const without = (ids, end) =>
    mean -
    runs.reduce(
      (sum, { parts }) =>
        sum + ids.reduce((all, id) => all + (parts.find((part) => part.id === id)?.[end] ?? 0), 0),
      0,
    ) /
      runs.length;
  const withheld = ['steal', 'run-queue', 'throttling'];
  const corrected = correctedWallMetrics(
    runs.map(({ raw }) => raw),
    OPTIONS,
  );
  return {
    wall,
    undisturbed: {
      low: low?.low ?? Number.NaN,
      high: high?.high ?? Number.NaN,
      value: high?.value ?? Number.NaN,
    },
    mean,
    undisturbedMean: {
      low: without(withheld, 'highNs'),
      value: without(withheld, 'ns'),
      high: without(withheld, 'lowNs'),
    },
    correctedMean: { low: without(['steal'], 'highNs'), high: without(['steal'], 'lowNs') },
    corrected: corrected.find(({ id }) => id === 'correctedWallTime') ?? null,
    correctedWallMean: corrected.find(({ id }) => id === 'correctedWallMean') ?? null,
  };
}

export const us = (ns) => (ns / 1e3).toFixed(Math.abs(ns) >= 1e5 ? 0 : 1);
export const range = ({ low, high }) => `${us(low)} to ${us(high)}`;

/** Prints one case. */
export function print(id, { explained, quiet, other, rows }, names) {
  console.log(`\n### \`${id}\`\n\n${explained.statement}. Main cause: ${explained.mainCause ?? 'none'}.\n`);
  console.log(`| µs | ${names.join(' | ')} | difference | interval |\n|---|---|---|---|---|`);
  for (const row of rows) console.log(row);
  const line = (label, pick) => console.log(`| ${label} | ${pick(quiet)} | ${pick(other)} | | |`);
  line('wall, median', ({ wall }) => `${us(wall.value)} (${range(wall)})`);
  line('wall without steal, median', ({ corrected }) => (corrected === null ? '–' : range(corrected)));
  line('undisturbed wall, median', ({ undisturbed }) => range(undisturbed));
  line('wall, mean', ({ mean }) => us(mean));
  line('wall without steal, mean', ({ correctedMean }) => range(correctedMean));
  line('undisturbed wall, mean', ({ undisturbedMean }) => range(undisturbedMean));
}
