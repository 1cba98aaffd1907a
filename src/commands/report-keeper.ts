// Keeps the report on disk while a run goes on. A disk that fills up must not cost the measurement:
// the run goes on, the user is told once, and at the end another place is tried.
import { describeError } from '../base/errors.ts';
import type { Report } from '../report/report.ts';
import { saveReport } from '../report/write-report.ts';
import { keepElsewhere } from './refuge.ts';
import type { Terminal } from './terminal.ts';

/** Saves reports to one file. */
export interface ReportKeeper {
  /**
   * Saves the report as it stands: at once, or as soon as saving does not fill the run. What is left over is saved with the
   * next one, or when none has come for a while.
   */
  keep(current: () => Report, when?: 'soon' | 'now'): void;
  /** Saves what is left over. */
  flush(): void;
  /**
   * Saves the last report, elsewhere if it must be, and says so then.
   *
   * @returns Whether it is where it was asked for.
   */
  finish(report: Report): boolean;
}

/** The device waits while a report is made and saved: for no more than a twentieth of the time. */
const PAUSE_OF_COST = 19;
/** A case that takes so long is disturbed once, so that those before it are not lost with the machine. */
const GRACE_MS = 10_000;

/** Keeps reports at `path`. */
export function reportKeeper(path: string, terminal: Pick<Terminal, 'note'>): ReportKeeper {
  let warned = false;
  let nextMs = 0;
  let leftOver: { readonly current: () => Report; readonly timer: NodeJS.Timeout } | null = null;
  const save = (report: Report): boolean => {
    try {
      saveReport(path, report);
      return true;
    } catch (error) {
      if (!warned) terminal.note(describeError(error));
      warned = true;
      return false;
    }
  };
  const forget = (): void => {
    clearTimeout(leftOver?.timer);
    leftOver = null;
  };
  const saveNow = (current: () => Report): void => {
    forget();
    const startMs = performance.now();
    save(current());
    const endMs = performance.now();
    nextMs = endMs + PAUSE_OF_COST * (endMs - startMs);
  };
  return {
    keep: (current, when = 'soon') => {
      const waitMs = nextMs - performance.now();
      if (when === 'now' || waitMs <= 0) {
        saveNow(current);
        return;
      }
      forget();
      leftOver = { current, timer: setTimeout(() => saveNow(current), waitMs + GRACE_MS).unref() };
    },
    flush: () => {
      if (leftOver !== null) saveNow(leftOver.current);
    },
    finish: (report) => {
      forget();
      if (save(report)) return true;
      keepElsewhere(path, report, terminal);
      return false;
    },
  };
}
