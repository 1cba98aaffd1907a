// All warnings, gathered by what they warn of, each kind with its advice once and the cases that have it. Of hundreds of
// reports the messages are counted.
import { type Content, element, type Markup } from './markup.ts';
import type { PageData } from './page-data.ts';
import { pageSection } from './page-document.ts';
import { PAGE_IDS } from './page-elements.ts';
import { groupsOf, sideOf } from './page-groups.ts';

/** So many messages of a kind are told. */
const MOST_MESSAGES = 8;

/** A kind of warning with everything that has it. */
interface Kind {
  advice: string | null;
  readonly messages: Map<string, Set<string>>;
}

/** The section; null where nothing is warned of. */
export function warningsSection(data: PageData): Markup | null {
  const kinds = gathered(data);
  if (kinds.size === 0) return null;
  return pageSection(
    PAGE_IDS.warnings,
    'Warnings',
    element(
      'dl',
      { class: 'warnings' },
      [...kinds].map(([id, kind]) => warningKind(id, kind)),
    ),
  );
}

function gathered(data: PageData): ReadonlyMap<string, Kind> {
  const { reports, cases } = data;
  const groups = groupsOf(data);
  const kinds = new Map<string, Kind>();
  const add = (id: string, message: string, advice: string | null, of: string): void => {
    const kind = kinds.get(id) ?? { advice: null, messages: new Map() };
    kinds.set(id, kind);
    kind.advice ??= advice;
    const owners = kind.messages.get(message) ?? new Set();
    kind.messages.set(message, owners.add(of));
  };
  for (const { label, warnings } of reports)
    for (const { id, message, advice } of warnings)
      add(id, message, advice, reports.length === 1 ? '' : label);
  for (const page of cases)
    for (const [index, result] of page.results.entries())
      for (const { id, message, advice } of result?.warnings ?? [])
        add(id, message, advice, ownerName(page.id, sideOf(groups, index)));
  return kinds;
}

function ownerName(caseId: string, side: string | null): string {
  return side === null ? caseId : `${caseId} (${side})`;
}

function warningKind(id: string, { advice, messages }: Kind): Content {
  const all = [...messages];
  const left = all.length - MOST_MESSAGES;
  return [
    element('dt', {}, element('code', {}, id), element('span', { class: 'quiet' }, ` ${countText(all)}`)),
    element(
      'dd',
      {},
      advice !== null && element('p', { class: 'advice' }, `→ ${advice}`),
      element(
        'ul',
        {},
        all
          .slice(0, MOST_MESSAGES)
          .map(([message, owners]) => element('li', {}, message, ownersText([...owners]))),
        left > 0 && element('li', { class: 'quiet' }, `and ${left} more of this kind`),
      ),
    ),
  ];
}

function countText(messages: readonly (readonly [string, ReadonlySet<string>])[]): string {
  const owners = new Set(messages.flatMap(([, of]) => [...of]).filter((name) => name !== ''));
  return owners.size === 0 ? '' : owners.size === 1 ? 'once' : `in ${owners.size} cases or reports`;
}

function ownersText(owners: readonly string[]): Content {
  const named = owners.filter((name) => name !== '');
  if (named.length === 0) return null;
  const more = named.length > 3 ? ` and ${named.length - 3} more` : '';
  return element('span', { class: 'case-id quiet' }, ` ${named.slice(0, 3).join(', ')}${more}`);
}
