// The contract of every counter that this tool reads beside its measurements: what it is called, what it counts, and where it
// stands. Counters are read before and after something and never within what is timed.
import type { Available } from '../base/availability.ts';
import type { Machine } from '../virt/machine.ts';

/** `count` grows, and only differences of it tell something; `gauge` is a state, of which the reading itself tells. */
export type CounterKind = 'count' | 'gauge';

/** Units of counters; `count` counts what the name says (packets, events, errors). */
export type CounterUnit =
  | 'ns'
  | 'B'
  | 'B/s'
  | 'count'
  | 'cycles'
  | 'Hz'
  | 'W'
  | 'J'
  | 'celsius'
  | 'ratio'
  | 'T/s'
  | 'lanes'
  | 'shares'
  | 'bits';

/** One counter. Plain data. */
export interface CounterDescription {
  /** Unique, parts from the general to the special: `net:eth0:rx:bytes`, `steal:cpu0`, `infiniband:mlx5_0:1:port_rcv_data`. */
  readonly name: string;
  readonly unit: CounterUnit;
  readonly kind: CounterKind;
  /** One sentence for people who do not know it. */
  readonly description: string;
  /** The file, library function or instruction, exactly. */
  readonly source: string;
  /** Steps by which it moves, in its unit, where they are coarse: a difference is that much too small or too large at most. */
  readonly step: number | null;
  /** At how many bits its source wraps or sticks; null where that cannot happen in practice. */
  readonly wrapBits: number | null;
  /** Whether it stops at its largest value, as its specification demands, so that it never wraps. */
  readonly sticks?: true;
  /** How many units of the source one of `unit` is made of, where it was converted: 4 for words of four bytes. */
  readonly scale: number;
}

/** Readings at one instant, by name. What could not be read says why. */
export type CounterReadings = ReadonlyMap<string, Available<number>>;

/** Counters of one kind that were opened. */
export interface CounterSource extends Disposable {
  readonly counters: readonly CounterDescription[];
  /** Never throws and never waits for more than a moment. In the unit of each counter. */
  read(): CounterReadings;
  /** Whether reading it disturbs or takes more than a few milliseconds: then only `guestmark counters` reads it. */
  readonly slow: boolean;
}

/** A GPU, as far as its counters need it. */
export interface CountedDevice {
  readonly name: string;
  readonly software: boolean;
  /** The vendor by its PCI number. */
  readonly vendorId: number;
  /** `0000:01:00.0`. */
  readonly pciAddress: Available<string>;
}

/** What counters are opened for. */
export interface CounterContext {
  readonly machine: Machine;
  /** GPUs whose vendor libraries are asked; may be empty. */
  readonly devices: readonly CountedDevice[];
}

/** A group of counters, whether it is here or not. */
export interface CounterGroup {
  /** `steal`, `perf-software`, `network`: the first part of its counters' names. */
  readonly id: string;
  /** In words: `Time that the hypervisor took`. */
  readonly title: string;
  /** What counting makes slower, in words; null for most. */
  readonly disturbs: string | null;
  readonly opened: Available<CounterSource>;
}

/** Opens a group; says why where there is nothing. Never throws. */
export interface CounterGroupDefinition {
  readonly id: string;
  readonly title: string;
  /**
   * Set where counting makes what is measured slower, as perf events make every context switch: a run does not open such a
   * group unless it is asked to.
   */
  readonly disturbs?: string;
  /** `live` false: only what files tell. */
  open(context: CounterContext): Available<CounterSource>;
}

/** How much a counter moved between two readings. Plain data. */
export interface CounterChange {
  readonly name: string;
  /** In the unit of the counter; a gauge's is its later reading. Unavailable where it went backwards for a reason unknown. */
  readonly change: Available<number>;
  /** `wrapped`: it passed its largest value, and the change takes that into account if it did so once; `stuck`: it stands at its largest value. */
  readonly flags: readonly ('wrapped' | 'stuck' | 'reset')[];
}

/** A group as a report records it, once. Plain data. */
export interface CounterGroupRecord {
  readonly id: string;
  readonly title: string;
  readonly counters: Available<readonly CounterDescription[]>;
}
