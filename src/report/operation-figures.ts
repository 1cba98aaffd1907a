// What operations measured besides the time of their samples, over all runs of a case. Pure; the report holds the figures
// of the single runs.
import { type Available, available, unavailable } from '../base/availability.ts';
import { median } from '../stats/quantile.ts';
import type { FigureEstimate, OperationFigure } from '../suite/operation.ts';
import { sampledRuns } from './case-samples.ts';
import type { CaseResult } from './report.ts';

/** A figure over the runs: the median of their values, between the lowest and the highest end of any of them. */
export interface FigureOverRuns extends Omit<OperationFigure, 'estimate'> {
  readonly estimate: Available<FigureEstimate>;
  /** Runs that know it, of all that were measured. */
  readonly known: number;
  readonly runs: number;
}

/** The figures of a case, in the order in which its operation gives them; those of failed runs do not count. */
export function operationFigures({ runs }: Pick<CaseResult, 'runs'>): readonly FigureOverRuns[] {
  const measured = sampledRuns(runs);
  const byId = new Map<string, OperationFigure[]>();
  for (const figure of measured.flatMap(({ figures }) => figures))
    byId.set(figure.id, [...(byId.get(figure.id) ?? []), figure]);
  return [...byId.values()].map((figures) => overRuns(figures, measured.length));
}

function overRuns(figures: readonly OperationFigure[], runs: number): FigureOverRuns {
  const { id, label, unit, method } = figures[0] as OperationFigure;
  const estimates = figures.flatMap(({ estimate }) => (estimate.available ? [estimate.value] : []));
  const reasons = figures.flatMap(({ estimate }) => (estimate.available ? [] : [estimate.reason]));
  return {
    id,
    label,
    unit,
    method,
    known: estimates.length,
    runs,
    estimate:
      estimates.length === 0
        ? unavailable([...new Set(reasons)].join('; '))
        : available({
            value: median(estimates.map(({ value }) => value)),
            low: Math.min(...estimates.map(({ low }) => low)),
            high: Math.max(...estimates.map(({ high }) => high)),
          }),
  };
}
