// What a soak showed: how much everything grew per case, with its interval, and what was left at the end. Pure.
import { theilSen } from '../../../dist/stats/theil-sen.js';

/** The first part of the rounds: code is compiled, pools and caches reach their size. */
const WARM_UP = 0.2;
/** Pairs of points are formed. */
const MOST_POINTS = 600;

/** Of a record that soak.mjs has written, also before its end. */
export function summarizeSoak({ binding, casesPerRound, rounds, end }) {
  const warm = rounds.slice(Math.min(Math.ceil(rounds.length * WARM_UP), Math.max(0, rounds.length - 3)));
  const last = rounds.at(-1);
  const per = (field) => growth(warm, field, casesPerRound);
  return {
    binding,
    seconds: Math.round(last.atSeconds),
    rounds: rounds.length,
    cases: last.ok + last.failed + last.skipped,
    ok: last.ok,
    failed: last.failed,
    skipped: last.skipped,
    samples: last.samples,
    submissions: last.submissions,
    madeObjects: last.madeObjects,
    anonymousBytes: per('anonymousBytes'),
    rssBytes: per('rssBytes'),
    heapBytes: per('heapBytes'),
    externalBytes: per('externalBytes'),
    liveObjects: [...new Set(warm.map(({ liveObjects }) => JSON.stringify(liveObjects)))].map((one) =>
      JSON.parse(one),
    ),
    liveBytes: span(warm, 'liveBytes'),
    fds: span(warm, 'fds'),
    threads: span(warm, 'threads'),
    mappings: span(warm, 'mappings'),
    end:
      end === null
        ? null
        : { how: end.end, failures: end.failures, liveObjects: end.liveObjects, liveBytes: end.liveBytes },
  };
}

/** First and last value, and the growth per case: Theil-Sen over the rounds, with its 95 % interval. */
function growth(rounds, field, cases) {
  const step = Math.ceil(rounds.length / MOST_POINTS);
  const points = rounds
    .filter((_, index) => index % step === 0)
    .map((round) => ({ x: round.rounds * cases, y: round[field] }));
  const slope = theilSen(points);
  const [first, last] = [rounds[0]?.[field], rounds.at(-1)?.[field]];
  return {
    first,
    last,
    perCase: slope && { value: round(slope.slope), low: round(slope.low), high: round(slope.high) },
  };
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function span(rounds, field) {
  const values = rounds.map((one) => one[field]);
  return { least: Math.min(...values), most: Math.max(...values) };
}
