import { expect, test } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { caseDoubts } from '../../src/compare/case-doubts.ts';
import { collectionOf } from '../../src/compare/collection.ts';
import { sideDoubts } from '../../src/compare/doubts.ts';
import type { CaseEvidence, ReportFacts, Side } from '../../src/evidence/evidence.ts';
import { caseEvidence, reportFacts, runEvidence, side } from './sample-sides.ts';

const ids = (baseline: Side, contender: Side): string[] =>
  sideDoubts(baseline, contender, collectionOf(baseline, contender)).map(({ id }) => id);

const alternating: Partial<ReportFacts> = { path: 'b.json', processStartsMs: [2_000, 4_000] };
const quiet = side([], { processStartsMs: [1_000, 3_000] });

test('sides that differ in nothing raise no doubt', () => {
  expect(ids(quiet, side([], alternating))).toEqual([]);
});

test.each<[string, Partial<ReportFacts>]>([
  ['different-device', { device: available('Other GPU') }],
  ['different-driver', { driver: available('Example 1.3') }],
  ['different-binding', { binding: available('nvk') }],
  ['different-tier', { tier: available('B') }],
  ['different-version', { toolVersion: '0.2.0' }],
  ['different-settings', { settings: { wait: 'spin' } }],
  ['different-settings', { settings: { wait: 'auto', LP_NUM_THREADS: '1' } }],
  ['software-device', { software: true }],
  ['partial-report', { status: 'partial' }],
  ['separate-collection', { processStartsMs: [5_000, 6_000] }],
])('%s', (id, changes) => {
  expect(ids(quiet, side([], { ...alternating, ...changes }))).toEqual([id]);
});

test('a power limit counts where both sides tell one', () => {
  const limited = (watts: number) => side([], { ...alternating, powerLimitWatts: available(watts) });
  expect(ids(quiet, limited(300))).toEqual([]);
  expect(
    ids(
      {
        ...limited(250),
        reports: [reportFacts({ processStartsMs: [1_000, 3_000], powerLimitWatts: available(250) })],
      },
      limited(300),
    ),
  ).toEqual(['different-power-limit']);
});

test('a side of several devices is mixed, and differs', () => {
  const mixed: Side = {
    ...quiet,
    reports: [
      reportFacts({ processStartsMs: [1_000] }),
      reportFacts({ processStartsMs: [3_000], device: available('Other GPU') }),
    ],
  };
  expect(ids(mixed, side([], alternating))).toEqual(['different-device', 'mixed-device']);
});

test('a report on both sides is told, also under another name', () => {
  expect(ids(quiet, side([], { processStartsMs: [2_000, 4_000] }))).toEqual(['same-report']);
  expect(ids(quiet, side([], { path: 'copy.json', processStartsMs: [1_000, 3_000] }))).toContain(
    'same-report',
  );
});

test('a copy within a side is told: it makes the same runs count twice', () => {
  const report = reportFacts({ processStartsMs: [1_000, 3_000] });
  const twice = { ...quiet, reports: [report, { ...report, path: 'copy.json' }] };
  expect(ids(twice, side([], alternating))).toEqual(['repeated-report']);
  const nameless = { ...report, processStartsMs: [] };
  expect(ids({ ...quiet, reports: [nameless, nameless] }, side([], alternating))).toEqual([]);
});

const doubtsOf = (baseline: Partial<CaseEvidence>, contender: Partial<CaseEvidence>): string[] =>
  caseDoubts({
    baseline: caseEvidence('copy', { seed: 1 }, baseline),
    contender: caseEvidence('copy', { seed: 2 }, contender),
  }).map(({ id }) => id);

test('cases that differ in nothing raise no doubt', () => {
  expect(doubtsOf({}, {})).toEqual([]);
});

test('each condition of a case raises its doubt', () => {
  const clocked = (hz: number) => ({
    runs: Array.from({ length: 5 }, () => runEvidence([1e6], { computeClockHz: available(hz) })),
  });
  expect(doubtsOf({}, { spirvSha256: 'ff' })).toEqual(['different-shader']);
  expect(doubtsOf({}, { bytes: 2e6 })).toEqual(['different-work']);
  expect(doubtsOf({}, { runs: [runEvidence([1e6])] })).toEqual(['few-runs']);
  expect(doubtsOf({}, { runs: [], problems: ['the device lacks it'] })).toEqual(['missing-evidence']);
  expect(doubtsOf({}, { problems: ['it crashed', 'it hung'] })).toEqual(['missing-evidence']);
  expect(doubtsOf(clocked(1.5e9), clocked(1.2e9))).toEqual(['different-clocks']);
  expect(doubtsOf(clocked(1.5e9), clocked(1.49e9))).toEqual([]);
  expect(doubtsOf(clocked(0), clocked(0))).toEqual([]);
  const throttled = {
    runs: Array.from({ length: 5 }, () => runEvidence([1e6], { throttleReasons: ['power cap'] })),
  };
  expect(doubtsOf(throttled, {})).toEqual(['throttled']);
});

test('steal above 1 % raises a doubt, below none', () => {
  const stolen = (ns: number) => ({ runs: Array.from({ length: 5 }, () => runEvidence([1e6], {}, ns)) });
  expect(doubtsOf({}, stolen(20_000))).toEqual(['steal']);
  expect(doubtsOf({}, stolen(5_000))).toEqual([]);
});
