// A socket of the tests: sends what it is told, also what no client would, and keeps what comes back.
import { createSocket, type RemoteInfo } from 'node:dgram';
import { onTestFinished } from 'vitest';
import { type ServerClock, startTimeServer, type TimeServerOptions } from '../../src/external/time-server.ts';

/** A socket on loopback, closed with the test. */
export interface TestSocket {
  readonly heard: Buffer[];
  readonly port: number;
  send(bytes: Uint8Array, port: number): Promise<void>;
}

export async function openSocket(onMessage?: (data: Buffer, from: RemoteInfo) => void): Promise<TestSocket> {
  const socket = createSocket('udp4');
  const heard: Buffer[] = [];
  socket.on('message', (data, from) => {
    heard.push(data);
    onMessage?.(data, from);
  });
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  const send = (bytes: Uint8Array, port: number): Promise<void> =>
    new Promise((resolve) => socket.send(bytes, port, '127.0.0.1', () => resolve()));
  return { heard, port: socket.address().port, send };
}

/** A server that ends with the test. */
export async function testServer(options: TimeServerOptions = {}): ReturnType<typeof startTimeServer> {
  const server = await startTimeServer(options);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

/** This machine's clock as `change` makes it, from 0 on. */
export function changedClock(
  change: (ns: number) => number,
): ServerClock & { readonly name: 'CLOCK_MONOTONIC' } {
  const startMs = performance.now();
  return { name: 'CLOCK_MONOTONIC', nowNs: () => change((performance.now() - startMs) * 1e6) };
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits until `condition`, which the limit of the test bounds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(2);
}
