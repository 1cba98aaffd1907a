// How what the script draws looks: plots, their legends and keys, and figures that only the script has. Colours are those of
// the theme; uPlot's own style comes before.

/** The rules. */
export const LIVE_STYLE = `
.plot{border-radius:6px;min-height:12rem}
.plot .u-over{cursor:crosshair}
.plot .u-select{background:color-mix(in srgb,var(--accent) 18%,transparent)}
.plot .u-hz .u-cursor-x{border-right-color:var(--quiet)}
.legend{gap:.35rem .5rem}
.legend .control{display:inline-flex;align-items:center;gap:.4rem;padding:.15rem .55rem;font-size:.8125rem}
.legend .control[aria-pressed=false] .swatch{opacity:.35}
.colours{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:0 0 .5rem;padding:0;list-style:none;font-size:.8125rem;color:var(--quiet)}
.colours li{display:inline-flex;align-items:center;gap:.4rem}
.chart{min-width:0;overflow:hidden}
.chart svg text{font-size:12px}
.ratio-row:hover rect{fill-opacity:.08}
.live-caption{margin:.75rem 0 0;color:var(--quiet);font-size:.8125rem;max-width:80ch}
.has-live{display:flex;flex-direction:column}
.has-live>.live{order:1}.has-live>.drawn{order:2}
.has-live>figcaption{display:none}
.drawn+.live:not(:empty){margin-top:1rem}
.has-live .drawn+.live{margin-top:0}
.has-live>.drawn>.scrolls{margin-top:1.25rem}
.case>.controls{margin-top:.75rem}
tr[data-case]{cursor:pointer}
.sorts::after{content:"";display:inline-block;width:.7em;text-align:right}
th[aria-sort=ascending] .sorts::after{content:"↑"}
th[aria-sort=descending] .sorts::after{content:"↓"}
.choice .control{max-width:min(20rem,100%);text-overflow:ellipsis}
.tooltip{overflow-wrap:anywhere;max-width:min(26rem,92vw)}
.tooltip tr:hover{background:none}
.tooltip th{font-weight:440;text-align:left;white-space:nowrap;overflow-wrap:normal}
.tooltip td{white-space:normal}
@media print{
.has-live{display:block}
.has-live:not(.only-live)>figcaption{display:revert}
.only-live .live{display:block!important}
.only-live .controls{display:none!important}
}
`;
