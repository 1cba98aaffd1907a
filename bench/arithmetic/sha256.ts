// SHA-256, once and twice: what a device does of cryptographic hashes, in the unit in which miners and password
// crackers count. Every hash can be computed again by OpenSSL, which Node brings.
import { createHash } from 'node:crypto';
import {
  type AxisPoint,
  allOf,
  type Benchmark,
  compareElements,
  defineBenchmark,
  type Elements,
  type Random,
  type Verification,
} from 'guestmark';
import { sampledIndices } from '../parts/sampled-indices.ts';
import { tripCount } from '../parts/trip-count.ts';
import { firstOf, stridedGroups, wholeGroups } from '../parts/workgroup.ts';
import { compareWritten } from '../parts/written.ts';

/** Messages and their digests: FIPS 180-2 appendix B.1; CAVP SHA256ShortMsg, Len = 0 and Len = 8. */
const KNOWN: readonly (readonly [message: string, digest: string])[] = [
  ['616263', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['d3', '28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1'],
];
/** Bytes of a message of the chains: the most whose padding fits into the same block. */
const MESSAGE_BYTES = 55;
const DIGEST_BYTES = 32;
/** Hashes that the CPU computes again, at 2 µs each. */
const MOST_HASHES = 16_384;

/** The block that a message and its padding fill (FIPS 180-4, 5.1.1). */
function padded(message: Uint8Array): Buffer {
  const block = Buffer.alloc(64);
  block.set(message);
  block[message.length] = 0x80;
  block.writeUInt32BE(8 * message.length, 60);
  return block;
}

const wordOf = (bytes: Buffer, index: number): number => bytes.readUInt32BE(4 * index);

/** Known messages, from whose first word the number that the kernel adds is taken off, and a random one. */
function fillBlocks(into: Elements, workgroupSize: number, random: Random): void {
  const message = Uint8Array.from({ length: MESSAGE_BYTES }, () => Math.floor(random() * 256));
  const blocks = [...KNOWN.map(([hex]) => padded(Buffer.from(hex, 'hex'))), padded(message)];
  blocks.forEach((block, index) => {
    for (let word = 0; word < 16; word++) into[16 * index + word] = wordOf(block, word);
    if (index < KNOWN.length) into[16 * index] = (wordOf(block, 0) - index * workgroupSize) >>> 0;
  });
}

function sha256(message: Uint8Array, passes: number): Buffer {
  const once = createHash('sha256').update(message).digest();
  return passes === 1 ? once : sha256(once, passes - 1);
}

/** The digest at the end of an invocation's chain. */
function endOfChain(blocks: Uint32Array, invocation: number, loops: number, passes: number): Buffer {
  const block = Buffer.alloc(64);
  for (let word = 0; word < 16; word++)
    block.writeUInt32BE(blocks[16 * KNOWN.length + word] as number, 4 * word);
  block.writeUInt32BE((wordOf(block, 0) + invocation) >>> 0, 0);
  const message = block.subarray(0, MESSAGE_BYTES);
  let digest = sha256(message, passes);
  for (let hash = 1; hash < loops; hash++) {
    message.set(digest, 4);
    digest = sha256(message, passes);
  }
  return digest;
}

function compareDigest(digests: Uint32Array, invocation: number, digest: Buffer): Verification {
  const actual = digests.subarray(8 * invocation, 8 * invocation + DIGEST_BYTES / 4);
  return compareElements(`digest ${invocation}`, actual, (word) => wordOf(digest, word));
}

type HashAxes = AxisPoint<'invocations' | 'loops' | 'WORKGROUP_SIZE'>;

/** The known digests, and all of some workgroups with chains. */
function compareDigests(
  { invocations, loops, WORKGROUP_SIZE }: HashAxes,
  passes: number,
  blocks: Uint32Array,
  digests: Uint32Array,
): Verification {
  const known = KNOWN.map(([, hex], group) => {
    const once = Buffer.from(hex, 'hex');
    return compareDigest(digests, group * WORKGROUP_SIZE, passes === 1 ? once : sha256(once, passes - 1));
  });
  const groups = invocations / WORKGROUP_SIZE - KNOWN.length;
  const chains = sampledIndices(groups, MOST_HASHES / (loops * passes * WORKGROUP_SIZE)).flatMap((group) =>
    Array.from({ length: WORKGROUP_SIZE }, (_, lane) => {
      const invocation = (group + KNOWN.length) * WORKGROUP_SIZE + lane;
      return compareDigest(digests, invocation, endOfChain(blocks, invocation, loops, passes));
    }),
  );
  return allOf(...known, ...chains, compareWritten('digests', digests));
}

function hash(name: string, passes: number, what: string): Benchmark {
  return defineBenchmark({
    name,
    summary: `Rate of ${what} of messages of 55 bytes`,
    kind: 'throughput',
    category: 'arithmetic',
    explanation: {
      method:
        'Every invocation walks a chain of hashes, each of a number, the digest before it and a random rest; all 64 rounds are written out, and everything stays in registers.',
      limit:
        'The integer units of the device: some 2,000 shifts, additions and Boolean functions per block. On a software device the vector instructions of the CPU limit it.',
      verification:
        'Whole workgroups, the first and the last with chains among them, equal what OpenSSL computes, and the first three workgroups hold the digests of three messages that NIST publishes.',
      sources: [
        'NIST, FIPS 180-4, Secure Hash Standard, 2015',
        'NIST CAVP, test vectors of SHA-256 (SHA256ShortMsg)',
      ],
    },
    axes: { invocations: [2 ** 20 / passes], loops: [4 / passes], WORKGROUP_SIZE: [256] },
    suites: {
      ...(passes === 1 && { quick: { invocations: [2 ** 16] } }),
      standard: {},
      full: { invocations: [2 ** 14, 2 ** 20 / passes], WORKGROUP_SIZE: [64, 256] },
    },
    requires: ({ invocations, loops, WORKGROUP_SIZE }) =>
      firstOf(
        wholeGroups({ invocations, WORKGROUP_SIZE }),
        invocations > KNOWN.length * WORKGROUP_SIZE ? null : 'there are fewer than four workgroups',
        tripCount('loops', loops),
      ),
    buffers: {
      blocks: {
        type: 'u32',
        elements: () => 16 * (KNOWN.length + 1),
        fill: (into, { WORKGROUP_SIZE }, random) => fillBlocks(into, WORKGROUP_SIZE, random),
      },
      digests: { type: 'u32', elements: ({ invocations }) => 8 * invocations, fill: 'poison' },
    },
    work: ({ invocations, loops, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: 'sha256',
        constants: { WORKGROUP_SIZE, PASSES: passes },
        push: { loops },
        groups: stridedGroups(invocations, WORKGROUP_SIZE),
      },
    ],
    items: ({ invocations, loops, WORKGROUP_SIZE }) =>
      loops * invocations - (loops - 1) * KNOWN.length * WORKGROUP_SIZE,
    itemName: 'hashes',
    doubles: 'loops',
    verify: (axes, { inputs, outputs }) =>
      compareDigests(axes, passes, inputs.blocks as Uint32Array, outputs.digests as Uint32Array),
  });
}

export default [
  hash('sha256', 1, 'SHA-256'),
  hash('sha256-double', 2, 'SHA-256 of the SHA-256, as in mining,'),
];
