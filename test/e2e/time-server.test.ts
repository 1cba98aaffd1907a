// The time server as a user starts it, asked by the client of the library.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTimeClient } from '../../src/external/time-client.ts';
import type { Report } from '../../src/report/report.ts';
import { changedClock, testServer } from '../external/udp.ts';
import { guestmark, start, temporaryFolder } from './guestmark.ts';

/** The first line of what a command prints. */
function firstLine({ child }: ReturnType<typeof start>): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
  });
}

async function burst(port: number, key: Uint8Array | null) {
  const client = await openTimeClient({ host: '127.0.0.1', port, key, timeoutMs: 200 });
  if (!client.available) return client;
  using opened = client.value;
  return await opened.burst();
}

describe('guestmark time-server', () => {
  it('answers those who have its key until Ctrl-C, and ends with its counts', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'time.key');
    writeFileSync(file, 'a key of twenty bytes\n');
    chmodSync(file, 0o600);
    const server = start(['time-server', '--json', '--key-file', file]);
    const { address, port, clock, authenticated } = JSON.parse(await firstLine(server));
    expect({ address, clock, authenticated }).toEqual({
      address: '127.0.0.1',
      clock: 'CLOCK_MONOTONIC_RAW',
      authenticated: true,
    });
    const asked = await burst(port, Buffer.from('a key of twenty bytes'));
    expect(asked).toMatchObject({ available: true, value: { answered: 20, lost: 0 } });
    expect(await burst(port, null)).toMatchObject({
      available: false,
      reason: expect.stringContaining('does the server want a key?'),
    });
    server.child.kill('SIGINT');
    const { code, stdout, stderr } = await server.finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) as string)).toEqual({
      answered: 20,
      dropped: { 'mac-missing': 3 },
      socketErrors: 0,
    });
  });

  it('cautions of an address that others reach when it has no key', async () => {
    const server = start(['time-server', '--bind', '0.0.0.0']);
    expect(await firstLine(server)).toMatch(
      /^Listening on 0\.0\.0\.0:\d+ \(UDP, CLOCK_MONOTONIC_RAW, no key\); Ctrl-C ends it\.$/,
    );
    server.child.kill('SIGTERM');
    const { code, stdout, stderr } = await server.finished;
    expect(code).toBe(0);
    expect(stdout).toContain('\nAnswered 0 requests, dropped 0.\n');
    expect(stderr).toMatch(/^guestmark: without a key everybody who reaches this address is answered/);
  });

  it.each([
    [['--bind', 'localhost'], 2, 'Cannot listen on "localhost": not an IP address'],
    [['--port', '65536'], 2, 'not a whole number from 0 to 65535'],
    [['--key-file', '/nonexistent/key'], 2, 'Cannot read the key /nonexistent/key: there is no such file'],
    [['--bind', '203.0.113.1'], 3, 'Cannot listen on 203.0.113.1'],
  ])('refuses %s', async (args, code, message) => {
    expect(await guestmark(['time-server', ...args])).toMatchObject({
      code,
      stderr: expect.stringContaining(message),
    });
  });
});

const RUN = ['run', 'empty-submit', '--device', 'llvmpipe', '--runs', '1', '--max-time', '300ms'];

describe('guestmark run --external-clock', () => {
  it('brackets every case by a server in another process, and keeps the key out of the report', async () => {
    using folder = temporaryFolder();
    const key = 'a key of twenty bytes';
    const server = start(['time-server', '--json'], { GUESTMARK_TIME_KEY: key });
    const { port } = JSON.parse(await firstLine(server));
    const out = join(folder.path, 'r.json');
    const clock = `127.0.0.1:${port}`;
    const run = await guestmark([...RUN, '--external-clock', clock, '--out', out], {
      GUESTMARK_TIME_KEY: key,
    });
    server.child.kill('SIGTERM');
    const { stdout } = await server.finished;
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(new RegExp(`external +guest .*, ${clock} .*: drift .* ppm; the clocks agree`));
    const text = readFileSync(out, 'utf8');
    expect(text).not.toContain(key);
    expect(text).not.toContain(Buffer.from(key).toString('base64'));
    const report = JSON.parse(text) as Report;
    expect(report.command.externalClock).toBe(clock);
    const runs = report.results.flatMap((result) => result.runs);
    for (const { external, caseWallNs } of runs) {
      if (!external.available) throw new Error(external.reason);
      const { guestWallNs, externalWallNs, boundNs, verdict } = external.value;
      expect(verdict).toBe('agrees');
      expect(guestWallNs).toBeGreaterThan(caseWallNs);
      expect(Math.abs(guestWallNs - externalWallNs)).toBeLessThan(boundNs + 200e-6 * externalWallNs);
    }
    expect(runs.length).toBeGreaterThan(0);
    // Two bursts of 20 for every case: nothing in between.
    const { answered } = JSON.parse(stdout.trimEnd().split('\n').at(-1) as string);
    expect(answered).toBeLessThanOrEqual(40 * runs.length);
  });

  it('finds out a clock that missed 50 ms between the two bursts of a case', async () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'r.json');
    // A guest's clock cannot be stopped here; from outside it is the same when the server's gains as much.
    let stamps = 0;
    const clock = changedClock((ns) => ns + (stamps++ < 40 ? 0 : 50e6));
    const { port } = await testServer({ clock });
    const run = await guestmark([...RUN, '--external-clock', `127.0.0.1:${port}`, '--out', out]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(
      /clock-disagrees +empty-submit: the guest's clock ran slow or stopped in 1 of 1 runs/,
    );
    const { results } = JSON.parse(readFileSync(out, 'utf8')) as Report;
    const external = results[0]?.runs[0]?.external;
    if (external?.available !== true) throw new Error(external?.reason);
    const { guestWallNs, externalWallNs, boundNs } = external.value;
    expect(Math.abs(externalWallNs - guestWallNs - 50e6)).toBeLessThanOrEqual(boundNs + 200e-6 * guestWallNs);
  });

  it('measures all the same where nobody answers, and says so', async () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'r.json');
    const { code, stdout } = await guestmark([...RUN, '--external-clock', '127.0.0.1:9', '--out', out]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/external +unknown: 127\.0\.0\.1:9: nobody listens there/);
  });

  it.each([
    [['--external-clock', 'host'], 'not of the form host:port'],
    [['--external-key-file', '/nonexistent/key'], 'there is no --external-clock'],
    [['--external-clock', 'h:1', '--external-key-file', '/nonexistent/key'], 'Cannot read the key'],
  ])('refuses %s', async (args, message) => {
    expect(await guestmark([...RUN, ...args])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(message),
    });
  });
});
