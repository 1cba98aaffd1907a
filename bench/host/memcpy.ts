// The memory of this machine alone, without any device: what a staged copy has to share, and a first look at nested paging,
// at the placement of a guest's memory, and at its neighbours.
import { compareElements, defineHostBenchmark, type HostContext } from 'guestmark';
import { guestLibc } from '../parts/guest-machine.ts';

const KI = 2 ** 10;
const MI = 2 ** 20;

export default defineHostBenchmark({
  name: 'memcpy',
  summary:
    'Bandwidth of memcpy of so many bytes between two ordinary buffers of this process, read and write counted',
  category: 'host',
  explanation: {
    method:
      'One memcpy of the C library through koffi, on one thread, always between the same two buffers; short ones are repeated until a sample takes some 20 µs. As in STREAM, the bytes read and those written count.',
    limit:
      'The level of the caches that holds both buffers; for 4 KiB the call itself, which is told as ours. Both buffers of 16 MiB can stay in a large last-level cache, of which a guest may have been given a part. Without huge pages below the guest, nested paging costs most at 16 MiB.',
    verification:
      'Every byte of the destination equals the source, which is random; the destination is overwritten after each check.',
    sources: ['J. D. McCalpin, STREAM, 1995', 'memcpy(3)'],
  },
  axes: { bytes: [4 * KI, 256 * KI, 16 * MI] },
  suites: { host: {} },
  requires: ({ bytes }) =>
    bytes > 0 && bytes <= 2 ** 29 && bytes % 4 === 0 ? null : 'bytes is no multiple of 4 up to 512 MiB',
  bytes: ({ bytes }) => 2 * bytes,
  operation: ({ bytes }, host) => {
    const { memcpy, addressOf } = guestLibc(host);
    const from = randomBytes(bytes, host);
    const to = new Uint8Array(new ArrayBuffer(bytes));
    // Not the pages of zeros that a fresh mapping shares.
    to.fill(POISON);
    const [fromAddress, toAddress] = [addressOf(from.buffer), addressOf(to.buffer)];
    return {
      calls: 1,
      run: () => memcpy(toAddress, fromAddress, bytes),
      verify: () => {
        const verification = compareElements('destination', to, from);
        to.fill(POISON);
        return verification;
      },
    };
  },
});

const POISON = 0xba;

function randomBytes(bytes: number, { random }: HostContext): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(new ArrayBuffer(bytes));
  for (let index = 0; index < words.length; index++) words[index] = random() * 2 ** 32;
  return new Uint8Array(words.buffer);
}
