import { describe, expect, it } from 'vitest';
import { parseThreshold, parseThresholds } from '../../src/definition/threshold.ts';
import { errorText } from './error-text.ts';

describe('parseThreshold()', () => {
  it.each([
    ['gpuTime', '<= 5 ms', '<=', 5e6],
    ['wallTime', '<1us', '<', 1e3],
    ['wallTime', '> 2 µs', '>', 2e3],
    ['wallTime', '> 2 μs', '>', 2e3],
    ['cpuTime', '≥ .5 s', '>=', 5e8],
    ['submitTime', ' ≤ 1e3 ns ', '<=', 1e3],
    ['bandwidth', '>= 10 GB/s', '>=', 1e10],
    ['arithmetic', '> 1.5 TFLOP/s', '>', 1.5e12],
    ['itemRate', '>= 3 M/s', '>=', 3e6],
    ['stealHigh', '< 1 %', '<', 0.01],
  ])('reads %s %s', (metric, limit, relation, value) => {
    expect(parseThreshold(metric, limit)).toMatchObject({ metric, relation, limit: value });
  });

  it('gives the unit of the metric', () => {
    expect(parseThreshold('itemRate', '>= 3 k/s').unit).toBe('1/s');
  });

  it.each([
    ['speed', '<= 5 ms', /"speed" is no metric; known: gpuTime, wallTime, /],
    ['__proto__', '<= 5 ms', /"__proto__" is no metric/],
    ['gpuTime', '<= 5 m', /"m" is no unit of gpuTime; known: ns, us, µs, ms, s$/],
    ['bandwidth', '>= 5 GiB/s', /"GiB\/s" is no unit of bandwidth; known: B\/s, kB\/s, /],
    ['gpuTime', '<= 5', /it has no unit; known: ns/],
    ['gpuTime', '== 5 ms', /not of the form metric <= value unit; such as gpuTime <= 5 ms/],
    ['gpuTime', '<= -5 ms', /not of the form/],
    ['gpuTime', '5 ms', /not of the form/],
    ['gpuTime', '', /not of the form/],
    ['gpuTime', '<= 1e999 s', /its value is too large/],
  ])('refuses %s %s', (metric, limit, message) => {
    expect(errorText(() => parseThreshold(metric, limit))).toMatch(message);
  });

  it('names the place', () => {
    expect(errorText(() => parseThreshold('gpuTime', '<= 5', 'suite.yaml shaders[0].thresholds'))).toMatch(
      /^Cannot read threshold "gpuTime <= 5" \(suite\.yaml shaders\[0\]\.thresholds\): it has no unit/,
    );
  });
});

it('parseThreshold() quotes the beginning of what it cannot read, on one line', () => {
  for (const text of ['\u001b[2J\n', 'x'.repeat(10_000)]) {
    expect(errorText(() => parseThreshold(text, text, text))).toMatch(
      /^Cannot read threshold "\P{Cc}{1,1000}$/u,
    );
    expect(errorText(() => parseThreshold('gpuTime', text))).toMatch(
      /^Cannot read threshold "\P{Cc}{1,400}$/u,
    );
  }
});

describe('parseThresholds()', () => {
  it('reads one or several', () => {
    const [time, rate, ...others] = parseThresholds('gpuTime<=5ms, bandwidth >= 10 GB/s');
    expect(time).toEqual({ metric: 'gpuTime', relation: '<=', limit: 5e6, unit: 'ns' });
    expect(rate).toMatchObject({ metric: 'bandwidth', relation: '>=', limit: 1e10 });
    expect(others).toEqual([]);
  });

  it.each(['', 'gpuTime', 'gpuTime 5 ms', '<= 5 ms', 'gpuTime <= 5 ms,'])('refuses %j', (text) => {
    expect(errorText(() => parseThresholds(text))).toMatch(
      /^Cannot read threshold ".*": it is not of the form/,
    );
  });
});
