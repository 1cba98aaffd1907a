// JSON documents with something changed in their structure: types, lost and doubled parts, lengths, keys, names, numbers.
// Gives text, because some of it (`1e999`, a thousand brackets) no value writes.
import { below, NUMBERS, onceIn, pick, STRINGS } from './draw.mjs';

/** The text of a document with one to three changes; `kinds` chooses among {@link GENTLE} and {@link ROUGH}. */
export function changedJson(random, text, kinds) {
  const document = { root: JSON.parse(text) };
  const raw = [];
  const count = 1 + below(random, 3);
  for (let i = 0; i < count; i++) pick(random, kinds)(random, placeIn(random, document), raw);
  return withRaw(JSON.stringify(document.root) ?? 'null', raw);
}

/** An owner and a key, as deep as chance will have it; fields of small objects come as often as those of large ones. */
function placeIn(random, document) {
  let [owner, key] = [document, 'root'];
  for (;;) {
    const value = owner[key];
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    if (keys.length === 0 || onceIn(random, 9)) return { owner, key };
    [owner, key] = [value, pick(random, keys)];
  }
}

const put = ({ owner, key }, value) => {
  // A plain assignment to __proto__ would set the prototype of our own copy.
  Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
};

/** What leaves a document readable more often than not: other numbers, other names, fewer or more of a list. */
export const GENTLE = [
  (random, place) => {
    const value = place.owner[place.key];
    if (typeof value === 'number')
      put(place, onceIn(random, 2) ? pick(random, NUMBERS) : value * (random() * 4 - 1));
    else if (typeof value === 'string')
      put(place, onceIn(random, 2) ? pick(random, STRINGS) : value + pick(random, STRINGS));
    else if (typeof value === 'boolean') put(place, !value);
    else renameSome(random, value);
  },
  (random, { owner, key }) => {
    const list = Array.isArray(owner[key]) ? owner[key] : Array.isArray(owner) ? owner : null;
    if (list === null || list.length === 0) return;
    const at = below(random, list.length);
    if (onceIn(random, 2)) list.splice(at, 1);
    else list.splice(below(random, list.length + 1), 0, structuredClone(list[at]));
  },
];

/** Every string below a place, once in a while. */
function renameSome(random, value) {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    if (typeof value[key] === 'string' && onceIn(random, 6))
      put({ owner: value, key }, value[key] + pick(random, STRINGS));
    else if (onceIn(random, 3)) renameSome(random, value[key]);
  }
}

/** What a reader must notice. */
export const ROUGH = [
  ...GENTLE,
  (random, place) => put(place, pick(random, OTHER_TYPES)()),
  (_, { owner, key }) => {
    if (key !== 'root') delete owner[key];
  },
  (random, place) => {
    const value = place.owner[place.key];
    if (typeof value === 'object' && value !== null)
      put({ owner: value, key: pick(random, STRINGS) || 'x' }, pick(random, OTHER_TYPES)());
  },
  (random, { owner }) => {
    const keys = Object.keys(owner);
    const [from, to] = [pick(random, keys), pick(random, keys)];
    put({ owner, key: to }, structuredClone(owner[from]));
  },
  (random, { owner, key }) => {
    const list = owner[key];
    if (Array.isArray(list)) list.length = below(random, list.length + 1);
  },
  (random, place, raw) => put(place, rawText(raw, pick(random, RAW)(random))),
];

const OTHER_TYPES = [
  () => null,
  () => true,
  () => [],
  () => ({}),
  () => [[]],
  () => ({ available: true }),
  () => ({ available: false, reason: 'none\u001b[31m' }),
  () => ({ available: true, value: { available: true, value: 1 } }),
  () => JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
  () => Array(1000).fill(0),
  () => 'NaN',
  () => '1',
  () => -1,
];

const RAW = [
  () => '1e999',
  () => '-1e999',
  () => '-0',
  () => '1'.repeat(400),
  (random) => deep('[', ']', pick(random, [40, 400, 4000, 40_000])),
  (random) => deep('{"a":', '}', pick(random, [40, 400, 4000, 20_000])),
  () => '{"a":1,"a":2,"__proto__":3}',
];

const deep = (open, close, times) => `${open.repeat(times)}${open === '[' ? '' : '1'}${close.repeat(times)}`;

function rawText(raw, text) {
  raw.push(text);
  return `\u0001raw${raw.length - 1}`;
}

const withRaw = (text, raw) => text.replace(/"\\u0001raw(\d+)"/g, (_, index) => raw[index] ?? 'null');
