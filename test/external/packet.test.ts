import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeReply,
  encodeRequest,
  PACKET_BYTES,
  parseReply,
  parseRequest,
  type TimeReply,
} from '../../src/external/packet.ts';

const KEY = Buffer.from('a key of thirty-two bytes, or so');
const OTHER_KEY = Buffer.from('another key that nobody knows of');

const anyKey = fc.constantFrom(null, KEY);
const anyRequest = fc.record({
  nonce: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  sequence: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});
const anyReply: fc.Arbitrary<TimeReply> = fc.record({
  nonce: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  sequence: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  instance: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  clock: fc.constantFrom('unknown', 'CLOCK_MONOTONIC_RAW', 'CLOCK_MONOTONIC'),
  receiveNs: fc.maxSafeNat(),
  transmitNs: fc.maxSafeNat(),
});

describe('packets', () => {
  it('say what was put into them, in the same number of bytes', () => {
    fc.assert(
      fc.property(anyRequest, anyReply, anyKey, (request, reply, key) => {
        const [asked, answered] = [encodeRequest(request, key), encodeReply(reply, key)];
        expect(parseRequest(asked, key)).toEqual({ ok: true, packet: request });
        expect(parseReply(answered, key)).toEqual({ ok: true, packet: reply });
        expect([asked.length, answered.length]).toEqual([PACKET_BYTES, PACKET_BYTES]);
      }),
    );
  });

  it('are refused with a reason, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), anyKey, (bytes, key) => {
        for (const parse of [parseRequest, parseReply]) {
          expect(parse(bytes, key)).toEqual({
            ok: false,
            problem: expect.stringMatching(/^(length|magic)$/),
          });
        }
      }),
    );
  });

  it('of right form and random content never throw', () => {
    const bytes = fc.tuple(anyRequest, fc.uint8Array({ minLength: 60, maxLength: 60 }), fc.nat(PACKET_BYTES));
    fc.assert(
      fc.property(bytes, anyKey, ([request, noise, from], key) => {
        const packet = encodeRequest(request, key);
        packet.set(noise.subarray(0, PACKET_BYTES - from), Math.min(from, PACKET_BYTES));
        expect(['boolean', 'boolean']).toEqual([
          typeof parseRequest(packet, key).ok,
          typeof parseReply(packet, key).ok,
        ]);
      }),
    );
  });

  it('are refused when a single bit of an authenticated one is changed', () => {
    const bit = fc.nat(PACKET_BYTES * 8 - 1);
    fc.assert(
      fc.property(anyRequest, anyReply, bit, (request, reply, at) => {
        const [asked, answered] = [encodeRequest(request, KEY), encodeReply(reply, KEY)];
        for (const bytes of [asked, answered]) bytes[at >> 3] = (bytes[at >> 3] as number) ^ (1 << (at & 7));
        expect(parseRequest(asked, KEY).ok).toBe(false);
        expect(parseReply(answered, KEY).ok).toBe(false);
      }),
    );
  });
});

describe('parseRequest()', () => {
  const request = { nonce: 5n, sequence: 7 };
  const changed = (at: number, value: number): Buffer => {
    const bytes = encodeRequest(request, null);
    bytes[at] = value;
    return bytes;
  };

  it.each([
    ['length', Buffer.alloc(0), null],
    ['length', encodeRequest(request, null).subarray(1), null],
    ['length', Buffer.concat([encodeRequest(request, null), Buffer.alloc(1)]), null],
    ['magic', changed(0, 0), null],
    ['version', changed(4, 2), null],
    ['kind', changed(5, 3), null],
    ['reserved', changed(6, 1), null],
    ['reserved', changed(7, 2), null],
    ['reserved', changed(20, 1), null],
    ['reserved', changed(47, 1), null],
    ['reserved', changed(48, 1), null],
    ['mac-missing', encodeRequest(request, null), KEY],
    ['mac-wrong', encodeRequest(request, OTHER_KEY), KEY],
    ['mac-unexpected', encodeRequest(request, KEY), null],
  ])('says %s', (problem, bytes, key) => {
    expect(parseRequest(bytes, key)).toEqual({ ok: false, problem });
  });

  it('takes no reply for a request, and the other way round', () => {
    const reply: TimeReply = { ...request, instance: 1, clock: 'unknown', receiveNs: 1, transmitNs: 2 };
    expect(parseRequest(encodeReply(reply, KEY), KEY)).toEqual({ ok: false, problem: 'kind' });
    expect(parseReply(encodeRequest(request, KEY), KEY)).toEqual({ ok: false, problem: 'kind' });
  });

  it('reads a view into a larger buffer', () => {
    const around = Buffer.alloc(PACKET_BYTES + 20);
    encodeRequest(request, KEY).copy(around, 10);
    expect(parseRequest(new Uint8Array(around.buffer, around.byteOffset + 10, PACKET_BYTES), KEY).ok).toBe(
      true,
    );
  });
});

describe('parseReply()', () => {
  it('refuses times that a number cannot hold, and clocks that it does not know', () => {
    const reply: TimeReply = {
      nonce: 1n,
      sequence: 1,
      instance: 1,
      clock: 'unknown',
      receiveNs: 1,
      transmitNs: 2,
    };
    const [late, strange] = [encodeReply(reply, null), encodeReply(reply, null)];
    late[24] = 255;
    strange[6] = 9;
    expect(parseReply(late, null)).toEqual({ ok: false, problem: 'reserved' });
    expect(parseReply(strange, null)).toEqual({ ok: false, problem: 'reserved' });
  });
});
