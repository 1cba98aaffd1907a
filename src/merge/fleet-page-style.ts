// How the page of a fleet looks beside what every page has: the counts at its head, lists in cells, and the heat map, whose colours
// leave its text readable in both themes (4.5:1, WCAG 2.2).

/** How much of the colour of a verdict is in a cell, in percent, by level. */
const DEPTHS: readonly number[] = [8, 16, 26, 38, 50];

const HEAT = (['slower', 'faster'] as const)
  .flatMap((verdict) =>
    DEPTHS.map(
      (depth, index) =>
        `.heat-${verdict}-${index + 1}{background:color-mix(in srgb,var(--${verdict}) ${depth}%,var(--surface))}`,
    ),
  )
  .join('\n');

/** The rules. */
export const FLEET_STYLE: string = `
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:0 0 1.5rem}
.tiles>div{display:flex;flex-direction:column-reverse;justify-content:flex-end;padding:.85rem 1rem;background:var(--surface);border:1px solid var(--line);border-radius:10px}
.tiles dt{color:var(--quiet);font-size:.8125rem}
.tiles dd{font-size:1.75rem;line-height:1.15;font-weight:660;letter-spacing:-.015em}
.cause-count{margin-right:1.25rem}
.one-finding,.one-reason{display:block}
.one-finding+.one-finding,.one-reason+.one-reason{margin-top:.2rem}
tr:target{background:color-mix(in srgb,var(--accent) 12%,transparent)}
tr[id]{scroll-margin-top:4rem}
#cases .drawn-column{min-width:19rem;width:36%}
#cases td:last-child{min-width:12rem}
#cases tbody th{min-width:11rem}
#cases thead .axis{margin-top:.35rem;font-weight:400}
#state .drawn-column{min-width:16rem;width:34%}
#cases th>.case-id{min-width:0}
#heat-map{width:auto;border-collapse:separate;border-spacing:1px}
#heat-map :is(th,td){min-width:2.5rem;padding:.25rem .3rem;border:0;font-size:.75rem;line-height:1.3}
#heat-map tbody th{position:sticky;left:0;z-index:1;min-width:8rem;max-width:14rem;background:var(--background);font-size:.8125rem}
#heat-map thead th:first-child{position:sticky;left:0;z-index:1;background:var(--background)}
#heat-map td{text-align:right;white-space:nowrap;overflow-wrap:normal;border-radius:2px}
#heat-map td.heat{color:var(--text)}
#heat-map td.found{outline:1.5px solid var(--text);outline-offset:-1.5px;font-weight:640}
.turned{display:block;writing-mode:vertical-rl;transform:rotate(180deg);max-height:14rem;overflow:hidden;text-overflow:ellipsis;font-weight:440;white-space:nowrap}
.heat-key{display:inline-block;margin-right:.35rem;padding:.1rem .5rem;border-radius:3px;color:var(--text);white-space:nowrap}
${HEAT}
@media (forced-colors:active){[class*=heat-]{forced-color-adjust:none}}
@media print{#heat-map :is(th,td){min-width:0!important;padding:.1rem}}
`;
