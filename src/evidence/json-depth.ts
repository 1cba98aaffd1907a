// How deep a text of JSON is nested, before it is parsed: brackets take thirty times their size in memory that V8 does not count,
// and to run out of that ends the process. Knows no more of JSON than brackets and strings.

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Whether more than `most` lists and objects lie within each other. Of bytes that are no JSON it may say either. */
export function isDeeperThan(most: number, utf8: Uint8Array): boolean {
  let [depth, isInString] = [0, false];
  for (let at = 0; at < utf8.length; at++) {
    const byte = utf8[at];
    if (isInString) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (++depth > most) return true;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
  }
  return false;
}
