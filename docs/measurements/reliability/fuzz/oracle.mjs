// What every answer to a hostile input must be: an error that was foreseen, with a message of one line that can be shown, or a
// value without anything that would steer a terminal; and the objects that all share as they were.
import { describeError, GuestmarkError } from '../../../../dist/base/errors.js';

/** No message is longer, whatever a file or a name holds. */
const MOST_MESSAGE = 2000;
const UNSHOWN = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** Lines and nothing else that moves a cursor. */
const UNSHOWN_IN_TABLE = /(?!\n)[\p{Cc}\p{Bidi_Control}]/u;

/** A finding: the message is what is wrong. */
export class Defect extends Error {
  name = 'Defect';
}

export const require = (isRight, problem) => {
  if (!isRight) throw new Defect(typeof problem === 'function' ? problem() : problem);
};

/** @throws Defect where an error is no refusal of ours, or its message cannot be shown. */
export function requireRefusal(error) {
  if (error instanceof Defect) throw error;
  const isForeseen = error instanceof GuestmarkError || error?.code === 'commander.invalidArgument';
  if (!isForeseen) throw new Defect(`threw ${error?.stack ?? String(error)}`.slice(0, 1500));
  requireMessage(describeError(error));
}

export function requireMessage(message) {
  require(typeof message === 'string' && message.length > 0, 'a message is empty');
  require(message.length < MOST_MESSAGE, () =>
    `a message has ${message.length} characters: ${message.slice(0, 200)}`);
  require(!UNSHOWN.test(message), () =>
    `a message holds control characters: ${JSON.stringify(message.slice(0, 300))}`);
}

export function requireTable(text) {
  const found = UNSHOWN_IN_TABLE.exec(text);
  require(found === null, () =>
    `a table holds ${JSON.stringify(text.slice(Math.max(0, found.index - 60), found.index + 20))}`);
}

/** Numbers that JSON can hold, texts as `isShown` wants them, at most as many entries as a machine can have. */
export function requirePlain(value, isShown = () => true, path = '') {
  if (typeof value === 'number') require(Number.isFinite(value), () => `${path} is ${value}`);
  if (typeof value === 'string')
    require(isShown(value), () => `${path} holds ${JSON.stringify(value.slice(0, 200))}`);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, one] of Object.entries(value)) requirePlain(one, isShown, `${path}.${key}`);
}

const SHARED = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const keysOfShared = () => SHARED.map((one) => Reflect.ownKeys(one).length).join();
const BEFORE = keysOfShared();

/** @throws Defect once anything was added to what all objects inherit. */
export function requireUnpolluted() {
  require(keysOfShared() === BEFORE, () =>
    `what all objects inherit was changed: ${Object.keys(Object.prototype)}`);
}
