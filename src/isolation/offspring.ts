// The processes that a process leaves behind: marked by a variable of their environment, which each inherits from the one that
// starts it, also where it leaves the group and the session. So none runs on beside the next measurement.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** The variable. */
const MARK = 'GUESTMARK_PROCESS';
/** They may start others while they are looked for. */
const MOST_ROUNDS = 10;

/** The mark of one process and all that come from it. */
export interface OffspringMark {
  /** To be added to the environment of the process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends all that carry the mark. Some ms, because every process of the machine is looked at: not while one measures. */
  end(): void;
}

/** A mark that nobody else has. */
export function markOffspring(): OffspringMark {
  const value = `${process.pid}-${randomBytes(8).toString('hex')}`;
  const entry = `${MARK}=${value}`;
  return {
    environment: { [MARK]: value },
    end: () => {
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const found = marked(entry);
        if (found.length === 0) return;
        found.forEach(endProcess);
      }
    },
  };
}

function marked(entry: string): readonly number[] {
  return processes().filter((pid) => environmentOf(pid).split('\0').includes(entry));
}

function processes(): readonly number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && pid !== process.pid);
  } catch {
    return [];
  }
}

/** Empty for those of others, and for what has ended. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
