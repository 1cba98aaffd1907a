// How often verdicts are right and wrong on data whose truth is known; prints the tables of docs/comparison.md.
//
//     npm run build && node docs/measurements/compare/monte-carlo.mjs [TRIALS [SEED [TABLE…]]]
//
// TABLE: verdicts, rules, tests, changes; all of them where none is named. Each has random numbers of its own.
import { derivedSeed, seededRandom } from '../../../dist/base/random.js';
import { judgeRatio } from '../../../dist/compare/judge.js';
import { changePoints } from '../../../dist/stats/change-points.js';
import { holmAdjusted } from '../../../dist/stats/holm.js';
import { medianDraws } from '../../../dist/stats/median-draws.js';
import { randomNormal } from '../../../dist/stats/random-gamma.js';
import { ratioOf, runMediansOf } from '../../../dist/stats/ratio-of-runs.js';
import { ratioTest } from '../../../dist/stats/ratio-test.js';
import {
  countedP,
  exactRanksP,
  hyperfineFinds,
  ranksOnAllFinds,
  studentizedP,
  trimmedP,
  welchOnAllFinds,
} from './other-rules.mjs';
import { simulatedSide } from './simulated.mjs';

const trials = Number(process.argv[2] ?? 1000);
const seed = Number(process.argv[3] ?? 1);
const RESAMPLES = 1000;
const FAMILY = 60;
const ALPHA = 0.05;
const RUNS = [5, 10, 20];
const FLOORS = [0, 0.01];
const families = Math.ceil(trials / 4);
const half = Math.ceil(trials / 2);
const SCENARIOS = [
  { name: 'none', runSpread: 0, badRuns: 0 },
  { name: '1 %', runSpread: 0.01, badRuns: 0 },
  { name: '1 %, one run in ten bad', runSpread: 0.01, badRuns: 0.1 },
];

const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const share = (count, of) => (count / of).toFixed(3);
const randomOf = (...names) => seededRandom(derivedSeed(seed, names.join('/')));

function printTable(title, head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const table = [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
  console.log(`\n**${title}**\n\n${table}`);
}

/** Both sides of a case, the contender slower by `difference`. */
function simulatedCase({ runs, runSpread, badRuns }, difference, random) {
  const side = { runs, runSpread, badRuns };
  return [simulatedSide(side, random), simulatedSide({ ...side, level: 1 + difference }, random)];
}

const pOf = (sides, floor) => ratioTest(runMediansOf(sides[0]), runMediansOf(sides[1]), floor);

function ratioOfSides(sides, trial) {
  const { ratio, runMedians } = ratioOf(...sides, { seed: trial, resamples: RESAMPLES });
  return { ratio, runs: { baseline: runMedians[0].length, contender: runMedians[1].length } };
}

function verdictOf(measured, holmP, noiseFloor) {
  return judgeRatio({ ...measured, better: 'lower', holmP, noiseFloor, alpha: ALPHA }).verdict;
}

const isDifferent = (verdict) => verdict === 'slower' || verdict === 'faster';

/** Verdicts of a single case for each difference, a row for each noise floor. */
function singleRows(scenario) {
  const counts = [0, 0.01, 0.02, 0.03, 0.05].map((difference) => {
    const random = randomOf('single', scenario.name, scenario.runs, difference);
    const verdicts = times(trials, (trial) => {
      const sides = simulatedCase(scenario, difference, random);
      const measured = ratioOfSides(sides, trial);
      return FLOORS.map((floor) => verdictOf(measured, pOf(sides, floor), floor));
    });
    const isFound = difference === 0 ? isDifferent : (verdict) => verdict === 'slower';
    return FLOORS.map((_, at) => ({
      found: verdicts.filter((row) => isFound(row[at])).length,
      same: verdicts.filter((row) => row[at] === 'same').length,
    }));
  });
  return FLOORS.map((_, at) => {
    const row = counts.map((byFloor) => byFloor[at]);
    return [...row.map(({ found }) => found), ...row.slice(0, 3).map(({ same }) => same)].map((count) =>
      share(count, trials),
    );
  });
}

/** Families of cases that do not differ: in how many is there a verdict at all; and with one of them that does, is it found. */
function familyRows(scenario) {
  const random = randomOf('family', scenario.name, scenario.runs);
  const counts = FLOORS.map(() => [0, 0, 0, 0]);
  times(families, (trial) => {
    const cases = times(FAMILY, () => simulatedCase(scenario, 0, random));
    const others = [0.03, 0.05, 0.5].map((difference) => simulatedCase(scenario, difference, random));
    FLOORS.forEach((floor, at) => {
      const isFound = (sides, p) =>
        p <= ALPHA && isDifferent(verdictOf(ratioOfSides(sides, trial), p, floor));
      const ps = cases.map((sides) => pOf(sides, floor));
      const holm = holmAdjusted(ps);
      if (cases.some((sides, i) => isFound(sides, holm[i]))) counts[at][0]++;
      others.forEach((sides, i) => {
        const [p] = holmAdjusted([pOf(sides, floor), ...ps.slice(1)]);
        if (isFound(sides, p)) counts[at][i + 1]++;
      });
    });
  });
  return counts.map((row) => row.map((count) => share(count, families)));
}

function verdictTables() {
  const settings = RUNS.flatMap((runs) => SCENARIOS.map((scenario) => ({ ...scenario, runs })));
  const rowsOf = (make) =>
    settings.flatMap((scenario) => {
      const rows = make(scenario);
      return FLOORS.map((floor, at) => [scenario.runs, scenario.name, `${floor * 100} %`, ...rows[at]]);
    });
  printTable(
    `One case: share of ${trials} comparisons with a verdict`,
    'runs a side,run effects,noise floor,found at 0 %,1 %,2 %,3 %,5 %,same at 0 %,at 1 %,at 2 %'.split(','),
    rowsOf(singleRows),
  );
  printTable(
    `Families of ${FAMILY} cases: share of ${families} families`,
    'runs a side,run effects,noise floor,any found where none differs,the one of 3 % found,of 5 %,of 50 %'.split(
      ',',
    ),
    rowsOf(familyRows),
  );
}

/** This tool's rule and those of others, on ten runs a side. */
function ruleTable() {
  const rules = {
    'hyperfine: ratio ± standard deviation': hyperfineFinds,
    "Welch's test on all iterations": welchOnAllFinds,
    "Mann-Whitney's test on all iterations": ranksOnAllFinds,
    'guestmark, noise floor 0': (a, b, trial) => finds([a, b], 0, trial),
    'guestmark, noise floor 1 %': (a, b, trial) => finds([a, b], 0.01, trial),
  };
  const columns = SCENARIOS.slice(0, 2).flatMap((scenario) =>
    [0, 0.01, 0.03].map((shift) => [scenario, shift]),
  );
  const found = columns.map(([scenario, difference]) => {
    const random = randomOf('rules', scenario.name, difference);
    const cases = times(trials, () => simulatedCase({ ...scenario, runs: 10 }, difference, random));
    return Object.values(rules).map((rule) => cases.filter(([a, b], trial) => rule(a, b, trial)).length);
  });
  printTable(
    `Rules of others: a difference found, share of ${trials} comparisons of 10 runs of 30 iterations`,
    ['rule', ...columns.map(([{ name }, difference]) => `run effects ${name}: ${difference * 100} %`)],
    Object.keys(rules).map((name, at) => [name, ...found.map((counts) => share(counts[at], trials))]),
  );
}

function finds(sides, floor, trial) {
  return isDifferent(verdictOf(ratioOfSides(sides, trial), pOf(sides, floor), floor));
}

/** Tests that could give the p-value, each alone: at 5 %, and at 5 % / 60 as in a family. */
function testTable() {
  const tests = {
    'exact ranks': exactRanksP,
    Welch: trimmedP(0),
    Yuen: trimmedP(0.2),
    'bootstrap, studentized': studentizedP,
    'bootstrap, counted': countedP,
    'Welch and Yuen (used)': ({ medians, floor }) => ratioTest(...medians, floor),
  };
  const settings = RUNS.flatMap((runs) =>
    SCENARIOS.slice(1).flatMap((scenario) =>
      [0.01, 0.03, 0.05].map((shift) => [{ ...scenario, runs }, shift]),
    ),
  );
  const rows = settings.map(([scenario, difference]) => {
    const random = randomOf('tests', scenario.name, scenario.runs, difference);
    const cases = times(half, (trial) => {
      const sides = simulatedCase(scenario, difference, random);
      const draws = sides.map((side, i) => medianDraws(side, { seed: 2 * trial + i, resamples: 500 }));
      return { medians: sides.map(runMediansOf), draws, floor: 0.01 };
    });
    return Object.values(tests).map((test) => {
      const ps = cases.map(test);
      const below = (limit) => share(ps.filter((p) => p <= limit).length, half);
      return `${below(ALPHA)} / ${below(ALPHA / FAMILY)}`;
    });
  });
  printTable(
    `Tests alone, noise floor 1 %: share of ${half} comparisons with p ≤ 0.05 / p ≤ 0.05 : 60`,
    ['runs a side', 'run effects', 'difference', ...Object.keys(tests)],
    settings.map(([{ runs, name }, shift], i) => [runs, name, `${shift * 100} %`, ...rows[i]]),
  );
}

/** A series of reports of three runs, each report with an effect of its own. */
function simulatedSeries({ reports, step, reportSpread }, random) {
  const effect = () => Math.exp(reportSpread * randomNormal(random));
  return times(reports, (i) =>
    simulatedSide({ runs: 3, runSpread: 0.01, level: (i < reports / 2 ? 1 : 1 + step) * effect() }, random),
  );
}

function changePointTable() {
  const settings = [
    { reports: 20, step: 0, reportSpread: 0, fewest: 2 },
    { reports: 20, step: 0.02, reportSpread: 0, fewest: 2 },
    { reports: 20, step: 0.03, reportSpread: 0, fewest: 2 },
    { reports: 20, step: 0.05, reportSpread: 0, fewest: 2 },
    { reports: 100, step: 0, reportSpread: 0, fewest: 2 },
    { reports: 20, step: 0, reportSpread: 0.01, fewest: 2 },
    { reports: 20, step: 0.03, reportSpread: 0.01, fewest: 2 },
    { reports: 20, step: 0, reportSpread: 0.01, fewest: 5 },
    { reports: 20, step: 0.03, reportSpread: 0.01, fewest: 5 },
  ].flatMap((setting) => FLOORS.map((floor) => [setting, floor]));
  const rows = settings.map(([{ fewest, ...setting }, noiseFloor]) => {
    const { reports, step, reportSpread } = setting;
    const random = randomOf('series', reports, step, reportSpread);
    const options = { seed, noiseFloor, alpha: ALPHA, minimumPoints: fewest, resamples: 200 };
    const found = times(half, () => changePoints(simulatedSeries(setting, random), options));
    const isNear = ({ index }) => Math.abs(index - reports / 2) <= 1;
    const shares = [
      found.filter(({ length }) => length > 0),
      found.filter((changes) => changes.some(isNear)),
      found.filter(({ length }) => length > 1),
    ].map(({ length }) => share(length, half));
    const percents = [step, reportSpread, noiseFloor].map((part) => `${part * 100} %`);
    return [reports, ...percents, fewest, shares[0], step === 0 ? '' : shares[1], shares[2]];
  });
  printTable(
    `Series of reports of 3 runs (run effects 1 %), the step in the middle: share of ${half} series`,
    [
      'reports',
      'step',
      'report effects',
      'noise floor',
      'fewest reports of a level',
      'any change found',
      'found within one report',
      'more than one',
    ],
    rows,
  );
}

const tables = { verdicts: verdictTables, rules: ruleTable, tests: testTable, changes: changePointTable };
const named = process.argv.slice(4);
for (const [name, print] of Object.entries(tables)) if (named.length === 0 || named.includes(name)) print();
