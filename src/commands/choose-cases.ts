// Which cases of reports are exported: those that a selector names, as on the command line of a run. A selector that no report
// has is a mistake, and told as one.
import { GuestmarkError } from '../base/errors.ts';
import type { Report } from '../report/report.ts';
import type { Selector } from '../suite/selector.ts';
import { matchesCase } from './matches-case.ts';

/** A choice of cases, and what was found of it. */
export interface CaseChoice {
  /** The report with these cases alone; null where it has none of them. */
  of(report: Report): Report | null;
  /** What to say where nothing was found at all. */
  nothingLeft(): GuestmarkError;
}

/** Chooses by selectors; everything where there are none. */
export function chooseCases(selectors: readonly Selector[]): CaseChoice {
  let seen = 0;
  return {
    of(report) {
      seen++;
      if (selectors.length === 0) return report;
      const results = report.results.filter((result) => selectors.some((one) => matchesCase(one, result)));
      return results.length === 0 ? null : { ...report, results };
    },
    nothingLeft() {
      if (seen === 0) {
        return new GuestmarkError('usage', 'Cannot export anything: none of the files is a report', {
          hint: 'give reports that guestmark run has written, or folders of them',
        });
      }
      const texts = selectors.map(({ text }) => text).join(' ');
      return new GuestmarkError('usage', `Cannot export ${texts}: no report has such a case`, {
        hint: '`guestmark export csv` without --case lists the cases in its column "case"',
      });
    },
  };
}
