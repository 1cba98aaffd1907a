// The foot of the terminal table: every warning once, with the cases it concerns and what to do. The
// report file holds them all.
import type { Row } from './columns.ts';
import type { CaseResult, ReportWarning } from './report.ts';

/** Warnings of one id: advice and message by case; `null` stands for the whole report. */
interface Group {
  readonly advice: string | null;
  readonly mentions: { readonly caseId: string | null; readonly message: string }[];
}

/** More are in the report file. */
const MENTIONS = 3;

/** Ids of warnings that every measured case has. */
export function sharedWarnings(results: readonly CaseResult[]): ReadonlySet<string> {
  const measured = results.filter(({ status }) => status === 'ok');
  if (measured.length < 2) return new Set();
  const [first, ...others] = measured.map(({ warnings }) => new Set(warnings.map(({ id }) => id)));
  return new Set([...(first ?? [])].filter((id) => others.every((ids) => ids.has(id))));
}

/** Warnings of the whole, and those of its cases. */
interface Warned {
  readonly warnings: readonly ReportWarning[];
  readonly results: readonly Pick<CaseResult, 'id' | 'status' | 'warnings'>[];
}

/** Rows of two columns: the warning's word, and its message with advice. */
export function warningRows({ warnings, results }: Warned): readonly Row[] {
  const groups = new Map<string, Group>();
  for (const warning of warnings) add(groups, warning, null);
  for (const { id, warnings: ofCase } of results) for (const warning of ofCase) add(groups, warning, id);
  const measured = results.filter(({ status }) => status === 'ok').length;
  return [...groups].map(([id, group]) => ({
    cells: [
      { text: id, style: 'caution' },
      [...mentionLines(group, measured), ...adviceLine(group)].join('\n'),
    ],
  }));
}

function add(
  groups: Map<string, Group>,
  { id, message, advice }: ReportWarning,
  caseId: string | null,
): void {
  const group = groups.get(id) ?? { advice, mentions: [] };
  group.mentions.push({ caseId, message });
  groups.set(id, group);
}

/** Cases with the same message share a line. */
function mentionLines({ mentions }: Group, measured: number): readonly string[] {
  const byMessage = new Map<string, (string | null)[]>();
  for (const { caseId, message } of mentions)
    byMessage.set(message, [...(byMessage.get(message) ?? []), caseId]);
  const lines = [...byMessage].map(([message, ids]) => `${concerned(ids, measured)}${message}`);
  const left = lines.length - MENTIONS;
  return left > 0 ? [...lines.slice(0, MENTIONS), `and ${left} more of this kind`] : lines;
}

function concerned(ids: readonly (string | null)[], measured: number): string {
  const cases = ids.flatMap((id) => id ?? []);
  if (cases.length === 0) return '';
  if (cases.length > 1 && cases.length === measured) return `all ${measured} cases: `;
  return cases.length > MENTIONS ? `${cases.length} cases: ` : `${cases.join(', ')}: `;
}

function adviceLine({ advice }: Group): readonly string[] {
  return advice === null ? [] : [`→ ${advice}`];
}
