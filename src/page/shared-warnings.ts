// Warnings of hundreds of reports said as few times as possible: what all cases of a report have is a warning of the report,
// and the advice of a kind stands where that kind is met first. Nothing is lost; thousands of copies are.
import type { PageData, PageReport, PageResult } from './page-data.ts';

type Warnings = PageResult['warnings'];
type Held = Pick<PageData, 'reports' | 'cases'>;

/** The same reports and cases with every warning once. */
export function withSharedWarnings({ reports, cases }: Held): Held {
  const ofReport = reports.map((_, index) => cases.flatMap(({ results }) => results[index] ?? []));
  const shared = ofReport.map(sharedKeys);
  const advised = new Set<string>();
  const once = (warnings: Warnings): Warnings =>
    warnings.map((warning) => {
      if (advised.has(warning.id)) return { ...warning, advice: null };
      advised.add(warning.id);
      return warning;
    });
  return {
    reports: reports.map((report, index): PageReport => {
      const first = ofReport[index]?.find(({ warnings }) => warnings.length > 0)?.warnings ?? [];
      const common = first.filter((warning) => shared[index]?.has(keyOf(warning)));
      const told = common.map((one) => ({ ...one, message: `all cases: ${one.message}` }));
      return { ...report, warnings: once([...report.warnings, ...told]) };
    }),
    cases: cases.map((one) => ({
      ...one,
      results: one.results.map((result, index) =>
        result === null ? null : { ...result, warnings: once(own(result.warnings, shared[index])) },
      ),
    })),
  };
}

/** Those that every result has which holds figures; none where there are fewer than two. */
function sharedKeys(results: readonly PageResult[]): ReadonlySet<string> {
  const measured = results.filter(({ metrics }) => Object.keys(metrics).length > 0);
  const [first, ...others] = measured;
  if (first === undefined || others.length === 0) return new Set();
  const keys = first.warnings.map(keyOf);
  return new Set(
    keys.filter((key) => others.every(({ warnings }) => warnings.some((one) => keyOf(one) === key))),
  );
}

function own(warnings: Warnings, shared: ReadonlySet<string> | undefined): Warnings {
  return warnings.filter((warning) => shared?.has(keyOf(warning)) !== true);
}

function keyOf({ id, message }: Warnings[number]): string {
  return `${id} ${message}`;
}
