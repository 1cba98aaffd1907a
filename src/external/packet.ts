// The protocol by which a guest asks another machine for its time: one fixed-size datagram each way.
// Bytes in, values out: no socket, no clock, and whatever the bytes are, a reason instead of an exception.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Both datagrams have this size, so that no reply is larger than its request. Integers are big-endian. */
export const PACKET_BYTES = 64;

const MAGIC = 0x474d5443;
const VERSION = 1;
const KIND = { request: 1, reply: 2 } as const;
const FLAG_MAC = 1;
const MAC_BYTES = 16;
/** Where the fields begin; what is before the MAC is what the MAC covers. */
const AT = {
  magic: 0,
  version: 4,
  kind: 5,
  clock: 6,
  flags: 7,
  nonce: 8,
  sequence: 16,
  instance: 20,
  receive: 24,
  transmit: 32,
  reserved: 40,
  mac: 48,
} as const;
/** Clocks that a server may read, by their number in a reply. */
const CLOCKS = ['unknown', 'CLOCK_MONOTONIC_RAW', 'CLOCK_MONOTONIC'] as const;

/** The shared key of a server and its clients: the key of HMAC-SHA256. */
export type SharedKey = Uint8Array;

/** What a client asks. The time of asking stays with the client: the server needs to know nothing of it. */
export interface TimeRequest {
  /** Random, 64 bits: who cannot read the request cannot answer it. */
  readonly nonce: bigint;
  /** 32 bits; tells the requests of a client apart. */
  readonly sequence: number;
}

/** What a server answers. */
export interface TimeReply extends TimeRequest {
  /** Random, 32 bits, drawn when the server started: its times count from there. */
  readonly instance: number;
  readonly clock: (typeof CLOCKS)[number];
  /** When the request came in, in ns of the server's clock; t2 of the exchange. */
  readonly receiveNs: number;
  /** When the reply went out; t3. */
  readonly transmitNs: number;
}

/**
 * Why bytes are no packet. `length`, `magic`, `version`, `kind` (such as a reply where a request is due) and
 * `reserved` (a bit is set that must be 0) need no key; `mac-missing` and `mac-wrong` are about one that is
 * wanted, `mac-unexpected` about one that nobody here has.
 */
export type PacketProblem =
  | 'length'
  | 'magic'
  | 'version'
  | 'kind'
  | 'reserved'
  | 'mac-missing'
  | 'mac-wrong'
  | 'mac-unexpected';

/** A packet, or why the bytes are none. */
export type Parsed<T> =
  | { readonly ok: true; readonly packet: T }
  | { readonly ok: false; readonly problem: PacketProblem };

/** Writes a request; with a key it is authenticated. */
export function encodeRequest(request: TimeRequest, key: SharedKey | null): Buffer {
  return sealed(begun(KIND.request, request), key);
}

/** Writes a reply; with a key it is authenticated. Times are whole ns, not negative, below 2^53 (104 days). */
export function encodeReply(reply: TimeReply, key: SharedKey | null): Buffer {
  const bytes = begun(KIND.reply, reply);
  bytes.writeUInt8(CLOCKS.indexOf(reply.clock), AT.clock);
  bytes.writeUInt32BE(reply.instance, AT.instance);
  bytes.writeBigUInt64BE(BigInt(reply.receiveNs), AT.receive);
  bytes.writeBigUInt64BE(BigInt(reply.transmitNs), AT.transmit);
  return sealed(bytes, key);
}

/** Reads a request. Never throws. */
export function parseRequest(data: Uint8Array, key: SharedKey | null): Parsed<TimeRequest> {
  const bytes = bufferOf(data);
  const problem = problemOf(bytes, KIND.request, key);
  if (problem !== null) return { ok: false, problem };
  // A request has no fields between its sequence and its MAC.
  const isPadded = bytes[AT.clock] === 0 && isZero(bytes.subarray(AT.instance, AT.mac));
  return isPadded ? { ok: true, packet: question(bytes) } : { ok: false, problem: 'reserved' };
}

/** Reads a reply. Never throws. */
export function parseReply(data: Uint8Array, key: SharedKey | null): Parsed<TimeReply> {
  const bytes = bufferOf(data);
  const problem = problemOf(bytes, KIND.reply, key);
  if (problem !== null) return { ok: false, problem };
  const clock = CLOCKS[bytes.readUInt8(AT.clock)];
  const times = [bytes.readBigUInt64BE(AT.receive), bytes.readBigUInt64BE(AT.transmit)].map(Number);
  const [receiveNs, transmitNs] = times as [number, number];
  const isKnown = clock !== undefined && times.every(Number.isSafeInteger);
  if (!isKnown || !isZero(bytes.subarray(AT.reserved, AT.mac))) return { ok: false, problem: 'reserved' };
  const instance = bytes.readUInt32BE(AT.instance);
  return { ok: true, packet: { ...question(bytes), instance, clock, receiveNs, transmitNs } };
}

function begun(kind: number, { nonce, sequence }: TimeRequest): Buffer {
  const bytes = Buffer.alloc(PACKET_BYTES);
  bytes.writeUInt32BE(MAGIC, AT.magic);
  bytes.writeUInt8(VERSION, AT.version);
  bytes.writeUInt8(kind, AT.kind);
  bytes.writeBigUInt64BE(nonce, AT.nonce);
  bytes.writeUInt32BE(sequence, AT.sequence);
  return bytes;
}

function sealed(bytes: Buffer, key: SharedKey | null): Buffer {
  if (key === null) return bytes;
  bytes.writeUInt8(FLAG_MAC, AT.flags);
  bytes.set(macOf(bytes, key), AT.mac);
  return bytes;
}

/** HMAC-SHA256 of everything before the MAC, cut to 128 bits (RFC 2104, section 5, allows it). */
function macOf(bytes: Uint8Array, key: SharedKey): Uint8Array {
  return createHmac('sha256', key).update(bytes.subarray(0, AT.mac)).digest().subarray(0, MAC_BYTES);
}

function problemOf(bytes: Buffer, kind: number, key: SharedKey | null): PacketProblem | null {
  if (bytes.length !== PACKET_BYTES) return 'length';
  if (bytes.readUInt32BE(AT.magic) !== MAGIC) return 'magic';
  if (bytes[AT.version] !== VERSION) return 'version';
  if (bytes[AT.kind] !== kind) return 'kind';
  const flags = bytes[AT.flags];
  const mac = bytes.subarray(AT.mac);
  if (flags === 0 && isZero(mac)) return key === null ? null : 'mac-missing';
  if (flags !== FLAG_MAC) return 'reserved';
  if (key === null) return 'mac-unexpected';
  return timingSafeEqual(mac, macOf(bytes, key)) ? null : 'mac-wrong';
}

function bufferOf(data: Uint8Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function question(bytes: Buffer): TimeRequest {
  return { nonce: bytes.readBigUInt64BE(AT.nonce), sequence: bytes.readUInt32BE(AT.sequence) };
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
