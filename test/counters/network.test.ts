import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NETWORK_COUNTERS } from '../../src/counters/network.ts';
import { machineOf, numberOf, openGroup, plain, reasonOf } from './machines.ts';

const line = (name: string, bytes: number): string => `${name}: ${bytes}${' 7'.repeat(15)}\n`;

test('each interface has sixteen counters with the documented names; virtual ones are marked', () => {
  const machine = machineOf({ '/proc/net/dev': line('eth1', 5) + line('eth10', 6) + line('lo', 1) });
  mkdirSync(join(machine.root, 'sys/class/net/eth1/device'), { recursive: true });
  mkdirSync(join(machine.root, 'sys/class/net/lo'), { recursive: true });
  const source = openGroup(NETWORK_COUNTERS, machine);
  const first = source.counters.filter(({ name }) => name.startsWith('net:eth1:'));
  expect(first.map(({ name }) => name.slice('net:eth1:'.length))).toMatchInlineSnapshot(`
    [
      "rx:bytes",
      "rx:packets",
      "rx:errors",
      "rx:dropped",
      "rx:fifo",
      "rx:frame",
      "rx:compressed",
      "rx:multicast",
      "tx:bytes",
      "tx:packets",
      "tx:errors",
      "tx:dropped",
      "tx:fifo",
      "tx:colls",
      "tx:carrier",
      "tx:compressed",
    ]
  `);
  expect(plain(source.read())).toMatchObject({ 'net:eth1:rx:bytes': 5, 'net:eth10:rx:bytes': 6 });
  const describe = (name: string): unknown => source.counters.find((one) => one.name === name);
  expect(describe('net:eth1:tx:bytes')).toMatchObject({
    unit: 'B',
    description: 'Bytes sent (eth1).',
    source: '/proc/net/dev, line eth1, number 9',
  });
  // Nothing is claimed of an interface whose folder cannot be seen.
  expect(describe('net:eth10:rx:bytes')).toMatchObject({ description: 'Bytes received (eth10).' });
  expect(describe('net:lo:rx:bytes')).toMatchObject({
    description: 'Bytes received (lo, a virtual interface).',
  });
});

test('an interface that vanished says so, and is read again when it is back', () => {
  const machine = machineOf({ '/proc/net/dev': line('eth0', 5) + line('eth1', 6) });
  const source = openGroup(NETWORK_COUNTERS, machine);
  const write = (text: string): void => writeFileSync(join(machine.root, 'proc/net/dev'), text);
  write(line('eth0', 8));
  expect(plain(source.read())).toMatchObject({
    'net:eth0:rx:bytes': 8,
    'net:eth1:rx:bytes': '/proc/net/dev: the interface is gone',
  });
  write(line('eth0', 9) + line('eth1', 1));
  expect(plain(source.read())).toMatchObject({ 'net:eth0:rx:bytes': 9, 'net:eth1:rx:bytes': 1 });
});

test('names of a hostile machine become plain, and garbage is a reason', () => {
  const source = openGroup(NETWORK_COUNTERS, machineOf({ '/proc/net/dev': line('a\u001b[2Jb', 5) }));
  expect(source.counters[0]?.name).toBe('net:a [2Jb:rx:bytes');
  expect(numberOf(source.read(), 'net:a [2Jb:rx:bytes')).toBe(5);
  expect(reasonOf(NETWORK_COUNTERS, machineOf({ '/proc/net/dev': 'x'.repeat(1e6) }))).toBe(
    '/proc/net/dev: no line of an interface',
  );
  expect(reasonOf(NETWORK_COUNTERS, machineOf({}))).toBe('/proc/net/dev: ENOENT');
});

test('the loopback carries what a socket sends to itself', async () => {
  const source = openGroup(NETWORK_COUNTERS);
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const before = source.read();
  const received = once(socket, 'message');
  socket.send(Buffer.alloc(10_000), socket.address().port, '127.0.0.1');
  await received;
  const after = source.read();
  socket.close();
  for (const direction of ['rx', 'tx']) {
    const name = `net:lo:${direction}:bytes`;
    const grown = numberOf(after, name) - numberOf(before, name);
    expect(grown).toBeGreaterThanOrEqual(10_000 + 8 + 20);
    expect(grown).toBeLessThan(10e6);
  }
});
