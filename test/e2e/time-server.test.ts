// The time server as a user starts it, asked by the client of the library.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTimeClient } from '../../src/external/time-client.ts';
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
    [['--key-file', '/nonexistent/key'], 2, 'Cannot read the key /nonexistent/key: ENOENT'],
    [['--bind', '203.0.113.1'], 3, 'Cannot listen on 203.0.113.1'],
  ])('refuses %s', async (args, code, message) => {
    expect(await guestmark(['time-server', ...args])).toMatchObject({
      code,
      stderr: expect.stringContaining(message),
    });
  });
});
