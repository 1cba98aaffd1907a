// The memory that the kernel writes context switches to: a page of positions, then a ring of records.
// Reads it without allocating; knows nothing of how it came to be mapped, so that tests write it themselves.

/**
 * One context switch. A record is overwritten by the next one: copy what must last.
 */
export interface SwitchRecord {
  threadId: number;
  processId: number;
  /** CLOCK_MONOTONIC in ns since boot, absolute. Exact below 2^53 ns, which are 104 days of uptime; then to 2 ns. */
  atNs: number;
  cpu: number;
  /** The thread left its CPU; `false`: it came onto one. */
  out: boolean;
  /** It left while it could have run on: another task was preferred, or a quota was used up. */
  preempt: boolean;
  /** It ended, on its CPU; `out` is true then. Only where descendants are followed. */
  ended?: boolean;
}

/**
 * Takes all records out of the ring, oldest first.
 *
 * @returns How many records the kernel had to drop because the ring was full. It tells with the first record
 *   behind the hole, so a drop at the very end shows at the next call only.
 */
export type DrainSwitches = (onSwitch: (record: SwitchRecord) => void) => number;

// Words of 32 bits: everything in the ring is aligned to 8 bytes, so that no word is split by its end. Positions
// count bytes in 64 bits, of which the low 32 tell the places of a ring apart.
const DATA_HEAD_WORD = 1024 / 4;
const DATA_TAIL_WORD = 1032 / 4;
const RECORD_LOST = 2;
const RECORD_EXIT = 4;
const RECORD_SWITCH = 14;
const MISC_SWITCH_OUT = 1 << 13;
const MISC_SWITCH_OUT_PREEMPT = 1 << 14;
/** pid, ppid, tid, ptid and a time of 64 bits. */
const EXIT_WORDS = 6;
const HIGH_WORD = 2 ** 32;

/**
 * The reader of one ring.
 *
 * @param memory The page of positions and, behind it, the records: a power of two of bytes below 4 GiB.
 */
export function switchReader(memory: ArrayBuffer, pageBytes: number): DrainSwitches {
  const positions = new Uint32Array(memory, 0, pageBytes / 4);
  const words = new Uint32Array(memory, pageBytes);
  const mask = words.length - 1;
  const record: SwitchRecord = {
    threadId: 0,
    processId: 0,
    atNs: 0,
    cpu: 0,
    out: false,
    preempt: false,
    ended: false,
  };
  const word = (index: number): number => words[index & mask] as number;
  const bytesAt = (position: number): number => word((position >>> 2) + 1) >>> 16;
  const fill = (at: number): void => {
    const misc = word(at + 1);
    // What every record carries (thread, time, CPU) comes last; an end has fields of its own before it.
    const ended = word(at) === RECORD_EXIT;
    const common = ended ? at + EXIT_WORDS : at;
    record.processId = word(common + 2);
    record.threadId = word(common + 3);
    record.atNs = word(common + 5) * HIGH_WORD + word(common + 4);
    record.cpu = word(common + 6);
    record.out = ended || (misc & MISC_SWITCH_OUT) !== 0;
    record.preempt = (misc & MISC_SWITCH_OUT_PREEMPT) !== 0;
    record.ended = ended;
  };
  return (onSwitch) => {
    // The kernel writes records before their position; Atomics keeps the reads in that order on every CPU.
    const head = Atomics.load(positions, DATA_HEAD_WORD);
    const tail = positions[DATA_TAIL_WORD] as number;
    let lost = 0;
    for (let position = tail; position !== head; position = (position + bytesAt(position)) >>> 0) {
      const at = position >>> 2;
      const type = word(at);
      if (type === RECORD_LOST) lost += word(at + 5) * HIGH_WORD + word(at + 4);
      if (type !== RECORD_SWITCH && type !== RECORD_EXIT) continue;
      fill(at);
      onSwitch(record);
    }
    if (head < tail) positions[DATA_TAIL_WORD + 1] = (positions[DATA_TAIL_WORD + 1] as number) + 1;
    Atomics.store(positions, DATA_TAIL_WORD, head);
    return lost;
  };
}
