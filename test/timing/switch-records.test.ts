import { describe, expect, test } from 'vitest';
import { type SwitchRecord, switchReader } from '../../src/timing/switch-records.ts';

const PAGE_BYTES = 4096;
const OUT = 1 << 13;
const PREEMPT = 1 << 14;

/** A ring of `bytes` that the test writes to as the kernel would. `start` is where both positions begin. */
function ringOf(bytes: number, start = 0) {
  const memory = new ArrayBuffer(PAGE_BYTES + bytes);
  const positions = new BigUint64Array(memory, 1024, 2);
  const words = new Uint32Array(memory, PAGE_BYTES);
  positions.fill(BigInt(start));
  const write = (type: number, misc: number, ...body: readonly number[]): void => {
    const record = [type, misc + (8 + 4 * body.length) * 2 ** 16, ...body];
    let at = Number((positions[0] as bigint) % BigInt(bytes)) / 4;
    for (const word of record) {
      words[at % words.length] = word;
      at++;
    }
    positions[0] = (positions[0] as bigint) + BigInt(4 * record.length);
  };
  return {
    memory,
    positions: () => [...positions],
    switched: (misc: number, threadId: number, atNs: number, cpu = 0) =>
      write(14, misc, 100, threadId, atNs % 2 ** 32, Math.floor(atNs / 2 ** 32), cpu, 0),
    lost: (count: number) => write(2, 0, 7, 0, count, 0, 100, 100, 0, 0, 0, 0),
    ended: (threadId: number, atNs: number, cpu = 0) =>
      write(
        4,
        0,
        100,
        99,
        threadId,
        99,
        1,
        2,
        100,
        threadId,
        atNs % 2 ** 32,
        Math.floor(atNs / 2 ** 32),
        cpu,
        0,
      ),
    other: () => write(5, 0, 0, 0),
  };
}

function recordsOf(drain: ReturnType<typeof switchReader>): { records: SwitchRecord[]; lost: number } {
  const records: SwitchRecord[] = [];
  const lost = drain((record) => records.push({ ...record }));
  return { records, lost };
}

describe('switchReader()', () => {
  test('reads every field, and an instant beyond 32 bits', () => {
    const ring = ringOf(4096);
    ring.switched(OUT | PREEMPT, 101, 12_345_678_901_234, 3);
    ring.switched(OUT, 101, 12_345_678_901_235, 3);
    ring.switched(0, 102, 12_345_678_901_236, 1);
    const common = { processId: 100, cpu: 3, ended: false };
    expect(recordsOf(switchReader(ring.memory, PAGE_BYTES))).toEqual({
      lost: 0,
      records: [
        { ...common, threadId: 101, atNs: 12_345_678_901_234, out: true, preempt: true },
        { ...common, threadId: 101, atNs: 12_345_678_901_235, out: true, preempt: false },
        { ...common, threadId: 102, atNs: 12_345_678_901_236, out: false, preempt: false, cpu: 1 },
      ],
    });
  });

  test('gives the end of a thread as its last switch out', () => {
    const ring = ringOf(4096);
    ring.ended(101, 12_345_678_901_234, 1);
    expect(recordsOf(switchReader(ring.memory, PAGE_BYTES)).records).toEqual([
      {
        threadId: 101,
        processId: 100,
        cpu: 1,
        atNs: 12_345_678_901_234,
        out: true,
        preempt: false,
        ended: true,
      },
    ]);
  });

  test('gives each record once and frees its room', () => {
    const ring = ringOf(4096);
    const drain = switchReader(ring.memory, PAGE_BYTES);
    ring.switched(0, 1, 1);
    expect(recordsOf(drain).records.length).toBe(1);
    expect(recordsOf(drain).records.length).toBe(0);
    expect(ring.positions()).toEqual([32n, 32n]);
  });

  test('counts what the kernel dropped, and passes over what is no switch', () => {
    const ring = ringOf(4096);
    ring.other();
    ring.switched(0, 1, 1);
    ring.lost(41);
    ring.switched(OUT, 1, 2);
    const { records, lost } = recordsOf(switchReader(ring.memory, PAGE_BYTES));
    expect(lost).toBe(41);
    expect(records.map(({ atNs }) => atNs)).toEqual([1, 2]);
  });

  test('follows records over the end of the ring, also where one is split by it', () => {
    const ring = ringOf(256);
    const drain = switchReader(ring.memory, PAGE_BYTES);
    const seen: number[] = [];
    // A record of 16 bytes among those of 32 lets every fourth one or so straddle the end.
    for (let atNs = 1; atNs <= 50; atNs++) {
      if (atNs % 4 === 0) ring.other();
      ring.switched(0, 1, atNs);
      seen.push(...recordsOf(drain).records.map((record) => record.atNs));
    }
    expect(seen).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  test('carries its position over 4 GiB', () => {
    const ring = ringOf(4096, 2 ** 32 - 32);
    ring.switched(0, 1, 1);
    ring.switched(0, 1, 2);
    expect(recordsOf(switchReader(ring.memory, PAGE_BYTES)).records.length).toBe(2);
    expect(ring.positions()).toEqual([2n ** 32n + 32n, 2n ** 32n + 32n]);
  });
});
