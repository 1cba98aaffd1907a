// What Ctrl-C means while another program is timed: it is that program's to answer, as it would be without us. We go
// on waiting, report what was measured, and make no further run.
import { systemFiles } from '../base/system-files.ts';

/** Signals on their way to the timed program. */
export interface SignalForwarding extends Disposable {
  /** A signal to end has come. */
  readonly interrupted: boolean;
  /** From now on they are meant for this process; null: for nobody. */
  to(pid: number | null): void;
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Passes SIGINT, SIGTERM and SIGHUP on, but for those that the terminal sends: these go to its whole foreground group,
 * the timed program included, and would arrive twice.
 */
export function forwardSignals(): SignalForwarding {
  let interrupted = false;
  let target: number | null = null;
  const onSignal = (name: NodeJS.Signals): void => {
    interrupted = true;
    if (target === null || (name !== 'SIGTERM' && isInForeground())) return;
    try {
      process.kill(target, name);
    } catch {
      // It has just ended, or runs as another user.
    }
  };
  for (const name of FORWARDED) process.on(name, onSignal);
  return {
    get interrupted() {
      return interrupted;
    },
    to: (pid) => {
      target = pid;
    },
    [Symbol.dispose]: () => {
      for (const name of FORWARDED) process.off(name, onSignal);
    },
  };
}

/** Fields of /proc/PID/stat behind the name in parentheses: state, parent, group, session, terminal, its group. */
function isInForeground(): boolean {
  const stat = systemFiles().read('/proc/self/stat');
  if (!stat.available) return false;
  const [, , group, , , foreground] = stat.value.slice(stat.value.lastIndexOf(')') + 2).split(' ');
  return group !== undefined && group === foreground;
}
