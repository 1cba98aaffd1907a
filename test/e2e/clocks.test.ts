// `guestmark clocks` as a user runs it: what it prints, what it refuses, and that it needs no Vulkan.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ClocksReport } from '../../src/report/clocks-report.ts';
import { clocksSchema } from '../../src/report/schema-clocks.ts';
import { guestmark, start, until } from './guestmark.ts';

/** Text without what an escape code adds. */
const ESCAPE = String.fromCharCode(27);

describe('guestmark clocks', () => {
  it('prints tier, sources, null windows and drift in a few seconds, without colours', async () => {
    const startMs = performance.now();
    const { code, stdout, stderr } = await guestmark(['clocks'], { NO_COLOR: '1', FORCE_COLOR: '1' });
    // Node 22 and later say by themselves that FORCE_COLOR wins; here NO_COLOR does.
    const own = stderr.replace(/^\(node:\d+\) Warning: The 'NO_COLOR' env .*\n\(Use .*\n/, '');
    expect({ code, stderr: own }).toEqual({ code: 0, stderr: '' });
    // 3.5 s by design, below 10 s on a busy machine; the rest is for one that is busier than that.
    expect(performance.now() - startMs).toBeLessThan(40_000);
    expect(stdout).not.toContain(ESCAPE);
    expect(stdout).toMatch(/^timing +tier [A-E], /m);
    expect(stdout).toMatch(/^CLOCK_MONOTONIC_RAW +machine +[\d.]+ [nµ]s /m);
    expect(stdout).toMatch(/^koffi +\d{3,4} +\d+ /m);
    expect(stdout).toMatch(/^CLOCK_MONOTONIC +CLOCK_MONOTONIC_RAW +-?\d+\.\d+ +± \d/m);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('prints JSON that is as its schema says, with every source measured or explained', async () => {
    const { code, stdout, stderr } = await guestmark([
      'clocks',
      '--json',
      '--seconds',
      '0.5',
      '--pin',
      'auto',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report: ClocksReport = clocksSchema.parse(JSON.parse(stdout));
    expect(report.schemaVersion).toBe('1.0');
    const { pinned, start: first, end: last } = report.cpu;
    if (pinned.available)
      expect([first, last]).toEqual(Array(2).fill({ available: true, value: pinned.value.cpu }));
    for (const { name, measured } of report.sources) {
      if (measured.available) expect([name, measured.value.cost.minNs > 0]).toEqual([name, true]);
      else expect(measured.reason).toMatch(/\w/);
    }
    const stamp = report.sources.find(({ name }) => name === 'stamp');
    expect(stamp?.measured).toMatchObject({ available: true, value: { ranBackwards: 0 } });
    expect(report.nullWindows.map((survey) => survey.available && survey.value.clock)).toEqual([
      'pure-node',
      'koffi',
    ]);
  });

  it('loads no Vulkan while it measures, and colours its headings where that is wanted', async () => {
    const { child, finished } = start(['clocks', '--seconds', '0.1'], { NO_COLOR: '', FORCE_COLOR: '1' });
    const maps = (): string => readFileSync(`/proc/${child.pid}/maps`, 'utf8');
    // With koffi the last library is loaded that is loaded at all.
    await until(() => maps().includes('koffi'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(maps()).not.toMatch(/vulkan|nvk|lvp/i);
    const { code, stdout } = await finished;
    expect({ code, colours: stdout.includes(`${ESCAPE}[1m`) }).toEqual({ code: 0, colours: true });
  });

  it('ends a long comparison at Ctrl-C, and prints what it knows by then', async () => {
    const { child, finished } = start(['clocks', '--json', '--seconds', '600']);
    const status = (): string => readFileSync(`/proc/${child.pid}/status`, 'utf8');
    // It catches SIGHUP (bit 1; Node itself catches only the others) as soon as there is something to keep.
    await until(() => /^SigCgt:.*[13579bdf]$/m.test(status()));
    child.kill('SIGINT');
    const { code, stdout, stderr } = await finished;
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: expect.stringContaining('keeping what was measured'),
    });
    expect(clocksSchema.parse(JSON.parse(stdout)).nullWindows).toHaveLength(2);
  });

  it.each([
    [['--seconds', 'soon'], 'it is not a number of seconds'],
    [['--seconds', '0'], 'it is not a number of seconds'],
    [['--seconds', '1e9'], 'it is not a number of seconds'],
    [['--pin', 'soon'], 'it is not auto, none or the number of a CPU'],
    [['--pin', '99999'], 'Cannot pin to CPU 99999'],
    [['now'], 'too many arguments'],
    [['--device', '0'], "unknown option '--device'"],
  ])('exits with 2 for %j and says what is wrong', async (args, message) => {
    const { code, stdout, stderr } = await guestmark(['clocks', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});
