// Text and bytes with something lost, doubled, moved or put in. Knows nothing of what they mean.
import { below, onceIn, pick, STRINGS } from './draw.mjs';

/**
 * A text with one to four changes.
 *
 * @param pieces What may be put in besides hostile strings.
 */
export function changedText(random, text, pieces = STRINGS) {
  let changed = text;
  const count = 1 + below(random, 4);
  for (let i = 0; i < count; i++) changed = pick(random, TEXT_CHANGES)(random, changed, pieces);
  return changed;
}

const TEXT_CHANGES = [
  (random, text, pieces) => spliced(text, below(random, text.length + 1), 0, pick(random, pieces)),
  (random, text, pieces) =>
    spliced(text, below(random, text.length + 1), below(random, 9), pick(random, pieces)),
  (random, text) => spliced(text, below(random, text.length + 1), below(random, 40), ''),
  (random, text) => text.slice(0, below(random, text.length + 1)),
  (random, text) => text.slice(below(random, text.length + 1)),
  (random, text) => {
    const at = below(random, text.length + 1);
    const part = text.slice(at, at + 1 + below(random, 30));
    return spliced(text, at, 0, part.repeat(onceIn(random, 50) ? 2000 : 1 + below(random, 4)));
  },
  (random, text) =>
    spliced(text, below(random, text.length + 1), 1, String.fromCharCode(below(random, 0x180))),
  (random, text) =>
    text.replace(/\d+/, () => pick(random, ['0', '-1', '1e999', '18446744073709551616', '0.5', 'NaN'])),
  (random, text) => {
    const lines = text.split('\n');
    const at = below(random, lines.length);
    return lines.toSpliced(below(random, lines.length + 1), 0, lines[at]).join('\n');
  },
  (random, text, pieces) =>
    spliced(text, below(random, text.length + 1), 0, pick(random, pieces).repeat(1000).slice(0, 20_000)),
];

const spliced = (text, at, lost, put) => text.slice(0, at) + put + text.slice(at + lost);

/** Bytes with one to four changes: bits, words, cuts, other encodings. */
export function changedBytes(random, bytes) {
  let changed = Buffer.from(bytes);
  const count = 1 + below(random, 4);
  for (let i = 0; i < count; i++) changed = pick(random, BYTE_CHANGES)(random, changed);
  return changed;
}

const flipped = (random, bytes) => {
  if (bytes.length > 0) bytes[below(random, bytes.length)] ^= 1 << below(random, 8);
  return bytes;
};

const BYTE_CHANGES = [
  flipped,
  flipped,
  flipped,
  (random, bytes) => {
    if (bytes.length > 0)
      bytes[below(random, bytes.length)] = pick(random, [0, 0xff, 0x80, 0x22, 0x5c, 0x5b, 0x7b, 0x1b]);
    return bytes;
  },
  (random, bytes) => {
    if (bytes.length >= 4) bytes.writeUInt32LE(pick(random, WORDS), below(random, bytes.length >> 2) * 4);
    return bytes;
  },
  (random, bytes) => bytes.subarray(0, below(random, bytes.length + 1)),
  (random, bytes) => {
    const at = below(random, bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + below(random, 64))]);
  },
  (random, bytes) => {
    const at = below(random, bytes.length + 1);
    return Buffer.concat([
      bytes.subarray(0, at),
      bytes.subarray(at, at + below(random, 64)),
      bytes.subarray(at),
    ]);
  },
  (random, bytes) => (onceIn(random, 8) ? pick(random, ENCODINGS)(bytes) : flipped(random, bytes)),
];

const WORDS = [0, 1, 2, 3, 0xffff, 0x1_0000, 0xffff_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

const ENCODINGS = [
  (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  (bytes) => Buffer.from(`\ufeff${bytes.toString('latin1')}`, 'utf16le'),
  (bytes) => Buffer.from(bytes.toString('latin1'), 'utf16le').swap16(),
  (bytes) => Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), bytes]),
  (bytes) => Buffer.concat([bytes, Buffer.alloc(512)]),
];
