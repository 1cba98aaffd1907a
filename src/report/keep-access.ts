// Who may read and write a file that takes the place of an earlier one: those who might before. Knows nothing of what is in
// it, and fails for nothing: on a file system without owners and modes there is nothing to keep.
import { fchmodSync, fchownSync, fstatSync, type Stats } from 'node:fs';

/** Nothing of ours is ever executed, and the owner reads and writes it whoever else does. */
const OTHERS = 0o066;
const EVERYBODY_ELSE = 0o006;
const OWN = 0o600;

/**
 * Gives a new, still empty file the mode of the earlier one, and its owner and group as far as this user may: a report that
 * was made private stays so, and so does that of a user whose root measures again.
 *
 * @param earlier Null where there was none.
 */
export function keepAccess(file: number, earlier: Stats | null): void {
  if (earlier === null) return;
  try {
    // Nobody else until it has its owner: what is given away must not be open to a third one meanwhile.
    fchmodSync(file, OWN);
    give(file, earlier);
    const hasGroup = fstatSync(file).gid === earlier.gid;
    fchmodSync(file, OWN | (earlier.mode & (hasGroup ? OTHERS : EVERYBODY_ELSE)));
  } catch {
    // A file system without modes: what was measured counts for more.
  }
}

/** An owner is given by root only, a group by each of its members; what may not be given stays ours. */
function give(file: number, { uid, gid }: Stats): void {
  const now = fstatSync(file);
  for (const owner of [uid, now.uid]) {
    if (owner === now.uid && gid === now.gid) return;
    try {
      fchownSync(file, owner, gid);
      return;
    } catch {
      // Then with the group alone, or not at all.
    }
  }
}
