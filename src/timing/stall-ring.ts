// What the watching thread tells the others, in memory that they share: a ring of stalls, sums per cause and a histogram
// of all holes. One thread writes, one reads; neither waits for the other. A full ring drops stalls and counts them.
import { emptyHole, type Hole, STALL_CAUSES, type Stall, type StallCause, stallOf } from './stall.ts';
import type { StallSink } from './stall-watch.ts';

/** Sums over the stalls of one cause. They are complete also where single stalls were dropped. */
export interface CauseSum {
  readonly cause: StallCause;
  readonly count: number;
  readonly sumNs: number;
  readonly longestNs: number;
}

/** Holes from `fromNs` up to twice that; the first bin also has what is shorter, the last one what is longer. */
export interface HoleBin {
  readonly fromNs: number;
  readonly count: number;
}

/** The ring as both of its ends see it. The writing end is the sink of a watch. */
export interface StallRing extends StallSink {
  /** Writer: when the watch begins, and when it ends unless it is stopped before. */
  begin(startNs: number, endNs: number): void;
  /** Reader: the stalls since the last call. */
  read(): readonly Stall[];
  dropped(): number;
  sums(): readonly CauseSum[];
  histogram(): readonly HoleBin[];
  watched(): { readonly startNs: number; readonly endNs: number };
  /** Reader: asks the writer to end. */
  stop(): void;
}

const RECORD_NUMBERS = 8;
/** From 4 µs, in powers of two, to a minute. */
const BIN_EXPONENT = 12;
const BINS = 24;

/** Words of the head, as 32-bit numbers. */
const WRITTEN = 0;
const READ = 1;
const DROPPED = 2;
const STOPPED = 3;
const HISTOGRAM = 4;
const HEAD_WORDS = HISTOGRAM + BINS;

/** After the head, as 64-bit numbers: start, now, end, then count, sum and longest per cause. */
const START = 0;
const NOW = 1;
const END = 2;
const SUMS = 3;
const SUM_NUMBERS = 3;
const HEAD_NUMBERS = SUMS + SUM_NUMBERS * STALL_CAUSES.length;

/** The memory that a ring of so many stalls needs. */
export function stallRingBytes(capacity: number): number {
  return HEAD_WORDS * 4 + (HEAD_NUMBERS + RECORD_NUMBERS * capacity) * 8;
}

/** Opens a ring over memory of {@link stallRingBytes}; memory of zeros is an empty ring. */
export function openStallRing(memory: SharedArrayBuffer, capacity: number): StallRing {
  const words = new Int32Array(memory, 0, HEAD_WORDS);
  const numbers = new Float64Array(memory, HEAD_WORDS * 4, HEAD_NUMBERS);
  const records = new Float64Array(memory, HEAD_WORDS * 4 + HEAD_NUMBERS * 8, RECORD_NUMBERS * capacity);
  return {
    ...writingEnd(words, numbers, records, capacity),
    ...readingEnd(words, numbers, records, capacity),
  };
}

type WritingEnd = 'begin' | keyof StallSink;

function writingEnd(
  words: Int32Array<SharedArrayBuffer>,
  numbers: Float64Array,
  records: Float64Array,
  capacity: number,
): Pick<StallRing, WritingEnd> {
  return {
    // Where there is no room the stall is dropped, and that is counted.
    stall: (hole) => {
      addToSums(numbers, hole);
      const written = Atomics.load(words, WRITTEN);
      // The counters wrap at 2^32; their difference does not mind.
      if (((written - Atomics.load(words, READ)) | 0) >= capacity) {
        Atomics.add(words, DROPPED, 1);
        return;
      }
      putRecord(records, RECORD_NUMBERS * ((written >>> 0) % capacity), hole);
      Atomics.store(words, WRITTEN, (written + 1) | 0);
    },
    countHole: (durationNs) => {
      const bin = Math.floor(Math.log2(durationNs)) - BIN_EXPONENT;
      Atomics.add(words, HISTOGRAM + Math.min(Math.max(0, bin), BINS - 1), 1);
    },
    begin: (startNs, endNs) => {
      numbers[START] = startNs;
      numbers[NOW] = startNs;
      numbers[END] = endNs;
    },
    isOver: (nowNs) => {
      numbers[NOW] = nowNs;
      return nowNs >= (numbers[END] as number) || Atomics.load(words, STOPPED) !== 0;
    },
  };
}

function readingEnd(
  words: Int32Array<SharedArrayBuffer>,
  numbers: Float64Array,
  records: Float64Array,
  capacity: number,
): Omit<StallRing, WritingEnd> {
  const hole = emptyHole();
  return {
    read: () => {
      const stalls: Stall[] = [];
      const written = Atomics.load(words, WRITTEN);
      let read = Atomics.load(words, READ);
      for (; read !== written; read = (read + 1) | 0) {
        getRecord(records, RECORD_NUMBERS * ((read >>> 0) % capacity), hole);
        stalls.push(stallOf(hole));
      }
      Atomics.store(words, READ, read);
      return stalls;
    },
    dropped: () => Atomics.load(words, DROPPED) >>> 0,
    sums: () =>
      STALL_CAUSES.map((cause, index) => {
        const [count, sumNs, longestNs] = numbers.slice(SUMS + SUM_NUMBERS * index);
        return { cause, count, sumNs, longestNs } as CauseSum;
      }),
    histogram: () =>
      Array.from({ length: BINS }, (_, bin) => ({
        fromNs: 2 ** (BIN_EXPONENT + bin),
        count: Atomics.load(words, HISTOGRAM + bin) >>> 0,
      })),
    watched: () => ({ startNs: numbers[START] as number, endNs: numbers[NOW] as number }),
    stop: () => void Atomics.store(words, STOPPED, 1),
  };
}

function addToSums(numbers: Float64Array, { cause, durationNs }: Hole): void {
  const at = SUMS + SUM_NUMBERS * cause;
  numbers[at] = (numbers[at] as number) + 1;
  numbers[at + 1] = (numbers[at + 1] as number) + durationNs;
  numbers[at + 2] = Math.max(numbers[at + 2] as number, durationNs);
}

function putRecord(records: Float64Array, at: number, hole: Hole): void {
  records[at] = hole.startNs;
  records[at + 1] = hole.durationNs;
  records[at + 2] = hole.cause;
  records[at + 3] = hole.ledgerKnown ? 1 : 0;
  records[at + 4] = hole.cpuNs;
  records[at + 5] = hole.runQueueNs;
  records[at + 6] = hole.stealAndBlockedNs;
  records[at + 7] = hole.uncertaintyNs;
}

function getRecord(records: Float64Array, at: number, into: Hole): void {
  const number = (index: number): number => records[at + index] as number;
  into.startNs = number(0);
  into.durationNs = number(1);
  into.cause = number(2);
  into.ledgerKnown = number(3) === 1;
  into.cpuNs = number(4);
  into.runQueueNs = number(5);
  into.stealAndBlockedNs = number(6);
  into.uncertaintyNs = number(7);
}
