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
  const sinceTicks = ticksNow();
  return {
    environment: { [MARK]: value },
    end: () => {
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const found = marked(entry, sinceTicks);
        if (found.length === 0) return;
        found.forEach(endProcess);
      }
    },
  };
}

/**
 * A process that was there before the mark cannot carry it, and must not be asked: to read the environment of one that hangs in the
 * kernel can take as long as that hangs (proc_pid_environ(5) reads its memory); its start time is told without that.
 */
function marked(entry: string, sinceTicks: number): readonly number[] {
  return processes().filter(
    (pid) => startTicks(pid) >= sinceTicks && environmentOf(pid).split('\0').includes(entry),
  );
}

/** Hz of the times in /proc/PID/stat on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;

/** Since boot, a second early because of rounding; 0 where nothing tells. */
function ticksNow(): number {
  const seconds = Number.parseFloat(textOf('/proc/uptime'));
  return Number.isFinite(seconds) ? (seconds - 1) * TICKS_A_SECOND : 0;
}

/** When a process started (proc_pid_stat(5), field 22: the 20th behind its name, which may hold anything). */
function startTicks(pid: number): number {
  const stat = textOf(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
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
  return textOf(`/proc/${pid}/environ`);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
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
