// Keeps the report on disk while a run goes on. A disk that fills up must not cost the measurement:
// the run goes on, the user is told once, and at the end another place is tried.
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describeError } from '../base/errors.ts';
import type { Report } from '../report/report.ts';
import { saveReport } from '../report/write-report.ts';
import type { Terminal } from './terminal.ts';

/** Saves reports to one file. */
export interface ReportKeeper {
  /** Saves the report as it stands, unless the last one was saved so short a time ago that saving would fill the run. */
  keep(current: () => Report): void;
  /**
   * Saves the last report, elsewhere if it must be, and says so then.
   *
   * @returns Whether it is where it was asked for.
   */
  finish(report: Report): boolean;
}

/** The device waits while a report is made and saved: for no more than a twentieth of the time. */
const PAUSE_OF_COST = 19;

/** Keeps reports at `path`. */
export function reportKeeper(path: string, terminal: Pick<Terminal, 'note'>): ReportKeeper {
  let warned = false;
  let nextMs = 0;
  const save = (to: string, report: Report): boolean => {
    try {
      saveReport(to, report);
      return true;
    } catch (error) {
      if (!warned || to !== path) terminal.note(describeError(error));
      warned = true;
      return false;
    }
  };
  return {
    keep: (current) => {
      const startMs = performance.now();
      if (startMs < nextMs) return;
      save(path, current());
      const endMs = performance.now();
      nextMs = endMs + PAUSE_OF_COST * (endMs - startMs);
    },
    finish: (report) => {
      if (save(path, report)) return true;
      const refuge = join(tmpdir(), basename(path));
      if (save(refuge, report)) terminal.note(`Report: ${refuge} (because ${path} could not be written)`);
      return false;
    },
  };
}
