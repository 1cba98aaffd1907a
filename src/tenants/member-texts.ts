// A tenant's figures as a row of a table, the same on a terminal and in Markdown. Pure; knows no layout.
import type { MemberFigures } from './tenants-report.ts';
import { shareText, stealText, timesRange, timesShort, timesText, timeText } from './tenants-words.ts';

/** What stands above the columns of {@link memberTexts}. */
export const MEMBER_HEADINGS: readonly string[] = [
  'tenant',
  'wall alone',
  'together',
  'slowdown',
  'no steal',
  'GPU',
  'share',
  'p99',
  'steal',
];

/**
 * The row.
 *
 * @param index Of the tenant, from 0.
 * @param label Its case, as the table may show it.
 */
export function memberTexts(member: MemberFigures, index: number, label: string): readonly string[] {
  const { role, alone, together, slowdown, share } = member;
  return [
    `${index + 1} ${role === 'tenant' ? '' : `${role} `}${label}`,
    timeText(alone.wallTime),
    timeText(together.wallTime),
    timesText(slowdown.wallTime),
    timesRange(slowdown.correctedWallTime),
    timesShort(slowdown.gpuTime),
    shareText(share),
    timesShort(slowdown.wallTimeP99),
    stealText(alone, together),
  ];
}
