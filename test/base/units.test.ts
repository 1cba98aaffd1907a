import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatNs,
  formatNsRange,
  formatPpm,
  formatQuantity,
  formatRate,
  formatRateRange,
  parseDurationNs,
  parseQuantity,
} from '../../src/base/units.ts';

it('parseQuantity() and parseDurationNs() take a time that grows with the digits, and quote few of them', () => {
  const text = `${'9'.repeat(100_000)}x`;
  const before = process.cpuUsage();
  expect(() => parseQuantity(text)).toThrow(/^Cannot read number "9{77}\.{3}": /);
  expect(() => parseDurationNs(text)).toThrow(/^Cannot read duration "9{77}\.{3}": /);
  expect(process.cpuUsage(before).user).toBeLessThan(2e6);
});

describe('parseQuantity()', () => {
  it.each([
    ['4096', 4096],
    ['16Mi', 16 * 2 ** 20],
    ['0.5Ki', 512],
    ['.5', 0.5],
    ['1e6', 1e6],
    ['-3', -3],
    [' 2Gi ', 2 ** 31],
    ['1Ti', 2 ** 40],
  ])('reads "%s"', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each(['', 'Mi', '16mi', '16 Mi', '16MB', '1,000', '0x10', 'NaN', 'Infinity', '1e', '--1'])(
    'refuses "%s" and shows the form',
    (text) => {
      expect(() => parseQuantity(text)).toThrow(/Cannot read number .*16Mi/);
    },
  );
});

describe('formatQuantity()', () => {
  it.each([
    [4194304, '4Mi'],
    [1000, '1000'],
    [1536, '1536'],
    [3072, '3Ki'],
    [0, '0'],
    [-2048, '-2Ki'],
    [0.25, '0.25'],
    [2 ** 40, '1Ti'],
    [1e30, '1e+30'],
  ])('writes %d as "%s"', (value, text) => {
    expect(formatQuantity(value)).toBe(text);
  });

  it('writes what parseQuantity() reads back exactly', () => {
    const numbers = fc.oneof(
      fc.maxSafeInteger(),
      fc.integer({ min: 0, max: 40 }).map((power) => 2 ** power),
      fc.double({ min: -1e15, max: 1e15, noNaN: true }),
    );
    fc.assert(
      fc.property(numbers, (value) => {
        // -0 is written as 0.
        expect(parseQuantity(formatQuantity(value)) === value).toBe(true);
      }),
    );
  });
});

describe('parseDurationNs()', () => {
  it.each([
    ['500ms', 500e6],
    ['2s', 2e9],
    ['2', 2e9],
    ['1.5min', 90e9],
    ['250us', 250e3],
    ['250µs', 250e3],
    ['7 ns', 7],
    ['.5s', 0.5e9],
  ])('reads "%s"', (text, ns) => {
    expect(parseDurationNs(text)).toBe(ns);
  });

  it.each(['', 's', '-1s', '1h', '1e3s', '1m', '1s 5ms', 'Infinity'])(
    'refuses "%s" and shows the form',
    (text) => {
      expect(() => parseDurationNs(text)).toThrow(/Cannot read duration .*500ms/);
    },
  );
});

describe('formatNs()', () => {
  it.each([
    [0, '0 ns'],
    [9.996, '10.0 ns'],
    [99.97, '100 ns'],
    [999.7, '1.00 µs'],
    [61, '61.0 ns'],
    [999, '999 ns'],
    [12345, '12.3 µs'],
    [1.5e6, '1.50 ms'],
    [2e9, '2.00 s'],
    [-1500, '-1.50 µs'],
  ])('writes %d as "%s"', (ns, text) => {
    expect(formatNs(ns)).toBe(text);
  });

  it('writes what parseDurationNs() reads back to three digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e12, noNaN: true }), (ns) => {
        expect(Math.abs(parseDurationNs(formatNs(ns)) / ns - 1)).toBeLessThanOrEqual(0.0051);
      }),
    );
  });
});

describe('formatBytes()', () => {
  it.each([
    [512, '512 B'],
    [128 * 2 ** 20, '128 MiB'],
    [1.5 * 2 ** 30, '1.50 GiB'],
    [2 ** 41, '2.00 TiB'],
  ])('writes %d in binary units: "%s"', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatRate()', () => {
  it.each([
    [1.34e10, 'B/s', '13.4 GB/s'],
    [2e15, 'FLOP/s', '2.00 PFLOP/s'],
    [950, 'B/s', '950 B/s'],
    [0.5, 'B/s', '0.50 B/s'],
    [0, 'B/s', '0 B/s'],
  ])('writes %d %s in decimal units: "%s"', (value, unit, text) => {
    expect(formatRate(value, unit)).toBe(text);
  });
});

describe('formatPpm()', () => {
  it.each([
    [12.34, '12.3 ppm'],
    [-0.00342, '-0.0034 ppm'],
    [0, '0.00 ppm'],
    [1.5, '1.50 ppm'],
  ])('writes %d as "%s"', (ppm, text) => expect(formatPpm(ppm)).toBe(text));
});

describe('formatCount()', () => {
  it.each([
    [0, '0'],
    [12345, '12345'],
    [1.256, '1.26'],
    [0.0342, '0.034'],
  ])('writes %d as "%s"', (count, text) => expect(formatCount(count)).toBe(text));
});

describe('formatRateRange()', () => {
  it.each([
    [9.101e9, 9.25e9, '9.10–9.25 GB/s'],
    [0.5, 0.7, '0.50–0.70 B/s'],
    [2e15, 2.1e15, '2.00–2.10 PB/s'],
  ])('writes %d to %d as %s', (low, high, text) => expect(formatRateRange(low, high, 'B/s')).toBe(text));
});

describe('formatNsRange()', () => {
  it.each([
    [16.94e6, 17.36e6, '16.9–17.4 ms'],
    [980e3, 1.204e6, '0.98–1.21 ms'],
    [0, 22, '0.0–22.0 ns'],
    [0, 0, '0.00–0.00 ns'],
    [4.2e9, 4.2e9, '4.20–4.20 s'],
    [3.999e6, 4.001e6, '3.99–4.01 ms'],
  ])('writes %d to %d as %s', (low, high, text) => {
    expect(formatNsRange(low, high)).toBe(text);
  });

  it('holds what it was given', () => {
    const ns = fc.double({ min: 0, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(ns, ns, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [, from, to, unit] = /^([\d.]+)–([\d.]+) (s|ms|µs|ns)$/.exec(formatNsRange(low, high)) ?? [];
        const scale = { s: 1e9, ms: 1e6, µs: 1e3, ns: 1 }[unit as 's'];
        expect(Number(from) * scale).toBeLessThanOrEqual(low * (1 + 1e-8) + 1e-8);
        expect(Number(to) * scale).toBeGreaterThanOrEqual(high * (1 - 1e-8) - 1e-8);
      }),
    );
  });
});
