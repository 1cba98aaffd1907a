import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { TakenCounter, TakenGroup } from '../../src/counters/take-counters.ts';
import { countersTable } from '../../src/report/counters-table.ts';
import { pretendedCounter } from '../counters/pretended-group.ts';

/** A counter that stands at a value and moved by a change. */
function taken(name: string, value: number, change: number, more: Partial<TakenCounter> = {}): TakenCounter {
  return {
    ...pretendedCounter(name),
    value: available(value),
    change: available(change),
    flags: [],
    ...more,
  };
}

function group(counters: readonly TakenCounter[], more: Partial<TakenGroup> = {}): TakenGroup {
  return {
    id: 'net',
    title: 'Network',
    disturbs: null,
    readNs: 120_000,
    counters: available(counters),
    ...more,
  };
}

interface Shown {
  readonly all?: boolean;
  readonly width?: number;
  readonly color?: boolean;
}

function table(
  groups: readonly TakenGroup[],
  { all = false, width = 100, color = false }: Shown = {},
): string {
  return countersTable({ spanNs: 1.5e9, groups }, { all, width, color });
}

/** Value and change of one counter as they are printed. */
function cells(counter: TakenCounter): readonly string[] {
  const line = table([group([counter])], { all: true })
    .split('\n')
    .find((one) => one.startsWith(`  ${counter.name} `)) as string;
  return line.trim().split(/ {2,}/).slice(1, -1);
}

describe('countersTable()', () => {
  it('shows groups with their counters, and why others are not here', () => {
    const groups = [
      group([
        taken('net:eth0:rx:bytes', 3 * 2 ** 30, 2 ** 20, { unit: 'B' }),
        taken('net:eth0:rx:errors', 0, 0),
        taken('net:eth0:speed', 25e9, 25e9, { unit: 'B/s', kind: 'gauge' }),
        taken('net:eth1:rx:bytes', 0, 0, { value: unavailable('the interface is down') }),
      ]),
      group([], { id: 'perf', title: 'Perf', disturbs: 'it slows context switches down' }),
      group([], { id: 'fabric', readNs: null, counters: unavailable('no adapter of that kind') }),
    ];
    expect(table(groups)).toMatchInlineSnapshot(`
      "counter                  value     change  what it counts
      net                                        Network
        a reading takes 120 µs
        net:eth0:rx:bytes   3.00 GiB  +1.00 MiB  What net:eth0:rx:bytes counts.
        net:eth0:speed     25.0 GB/s             What net:eth0:speed counts.
        net:eth1:rx:bytes          –             the interface is down

      perf                                       Perf
        a reading takes 120 µs; it slows context switches down

      fabric                       –             not here: no adapter of that kind

      change: within 1.50 s
      1 counter that stands at 0 is not shown; --all shows it
      "
    `);
  });

  it.each([
    ['ns', 1.5e9, '1.50 s', '+1.50 s'],
    ['B', 2048, '2.00 KiB', '+2.00 KiB'],
    ['count', 1_234_567, '1234567', '+1234567'],
    ['shares', 2000, '2000', '+2000'],
    ['cycles', 12, '12 cycles', '+12 cycles'],
    ['J', 57_349 * 0.001, '57.3 J', '+57.3 J'],
    ['lanes', 16, '16 lanes', '+16 lanes'],
    ['bits', 3, '3 bits', '+3 bits'],
  ] as const)('writes %s with its unit', (unit, value, text, change) => {
    expect(cells(taken('some', value, value, { unit }))).toEqual([text, change]);
  });

  it.each([
    ['B/s', 1.25e9, '1.25 GB/s'],
    ['T/s', 16e9, '16.0 GT/s'],
    ['Hz', 1.41e9, '1410 MHz'],
    ['W', 71.234_567, '71.2 W'],
    ['celsius', 45, '45 °C'],
    ['ratio', 0.97, '97 %'],
  ] as const)('writes a state in %s, which has no change', (unit, value, text) => {
    expect(cells(taken('some', value, value, { unit, kind: 'gauge' }))).toEqual([text]);
  });

  it('adds the step of a coarse counter to its change, and the sign', () => {
    expect(cells(taken('some', 5e9, 20e6, { unit: 'ns', step: 10e6 }))[1]).toBe('+20.0 ms ± 10.0 ms');
    expect(cells(taken('some', 5e9, 0, { unit: 'ns', step: 10e6 }))[1]).toBe('0 ns ± 10.0 ms');
    expect(cells(taken('some', 5, -2))[1]).toBe('-2');
  });

  it('says of a change what went wrong with it', () => {
    const no = unavailable('it stands at its largest value');
    expect(cells(taken('some', 255, 0, { change: no, flags: ['stuck'] }))[1]).toBe('stuck');
    expect(cells(taken('some', 3, 6, { flags: ['wrapped'] }))[1]).toBe('+6 (wrapped)');
    expect(cells(taken('some', 3, 3, { flags: ['reset'] }))[1]).toBe('+3 (reset)');
    expect(cells(taken('some', 3, 0, { change: unavailable('it was read once') }))[1]).toBe('–');
  });

  it('hides counters that stand at 0, says how many, and shows them all when asked', () => {
    const counters = [
      taken('zero', 0, 0),
      taken('moved', 0, -4),
      taken('stands', 4, 0),
      taken('reset', 0, 0, { flags: ['reset'] }),
      taken('dark', 0, 0, { value: unavailable('no permission') }),
    ];
    const names = (text: string): readonly string[] => text.match(/^ {2}(?!a reading)\w+/gm) ?? [];
    const some = table([group(counters)]);
    expect(names(some).map((name) => name.trim())).toEqual(['moved', 'stands', 'reset', 'dark']);
    expect(some).toContain('\n1 counter that stands at 0 is not shown; --all shows it\n');
    expect(table([group([...counters, taken('nil', 0, 0)])])).toContain(
      '\n2 counters that stand at 0 are not shown; --all shows them\n',
    );
    const all = table([group(counters)], { all: true });
    expect(names(all)).toHaveLength(5);
    expect(all).not.toContain('not shown');
  });

  it('fits 80 columns, and colours only where it is asked to', () => {
    const long = 'A sentence that is longer than what is left of a line beside three other columns. '.repeat(
      3,
    );
    const counters = [taken('net:eth0:rx:bytes', 1e12, 1e9, { unit: 'B', description: long })];
    const groups = [group(counters, { disturbs: long }), group([], { counters: unavailable(long) })];
    for (const line of table(groups, { width: 80 }).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(table(groups)).not.toContain('\u001b');
    expect(table(groups, { color: true })).toContain('\u001b[');
  });

  it('is harmed by no name or reason of a machine', () => {
    const nasty = 'a\u001b[2J\rb\u202ec\u0007\nd';
    const groups = [
      group([taken(nasty, 1, 1, { description: nasty }), taken('x', 0, 0, { value: unavailable(nasty) })], {
        title: nasty,
        disturbs: nasty,
      }),
      group([], { id: nasty, counters: unavailable(nasty) }),
    ];
    expect(table(groups)).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
  });
});
