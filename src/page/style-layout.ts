// How the page is laid out: one column that reads well at 360 px, tables that scroll in boxes of their own, figures in rows of
// a label and a drawing. System fonts, figures of equal width, nothing that moves by itself.

/** Rules of the whole page and its text. */
const PAGE = `
*,*::before,*::after{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:4rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--background);color:var(--text);font:400 1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main,.masthead,footer{max-width:76rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem)}
.masthead{padding-top:clamp(2rem,6vw,4.5rem);padding-bottom:1.75rem}
.brand{margin:0 0 .75rem;color:var(--accent);font-size:.8125rem;font-weight:650;letter-spacing:.14em;text-transform:uppercase}
h1{margin:0;font-size:clamp(1.75rem,4.5vw,2.75rem);line-height:1.12;font-weight:680;letter-spacing:-.022em;text-wrap:balance}
.origin{margin:.75rem 0 0;color:var(--quiet)}
.verdict{margin:1.5rem 0 0;max-width:62ch;font-size:clamp(1.0625rem,2vw,1.25rem);line-height:1.5;text-wrap:pretty}
.verdict strong{font-weight:640}
h2{margin:0 0 1rem;font-size:1.5rem;line-height:1.2;font-weight:660;letter-spacing:-.015em}
h3{margin:2rem 0 .5rem;font-size:1.0625rem;line-height:1.35;font-weight:640}
h4,figure>h3{margin:0 0 .75rem;font-size:.9375rem;font-weight:640}
section{padding:2.75rem 0;border-top:1px solid var(--line)}
main>section:first-child{border-top:0;padding-top:1.5rem}
p{margin:0 0 .75rem;max-width:72ch}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px}
.benchmark{font-weight:600}
.axes{font-size:.9em;color:var(--quiet)}
a .axes{color:inherit;opacity:.8}
code,.case-id{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em;font-weight:inherit}
a.case-id{text-decoration-color:color-mix(in srgb,currentColor 35%,transparent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.quiet,.note{color:var(--quiet)}
.note{font-size:.875rem}
.visually-hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:1rem;top:-4rem;z-index:9;padding:.5rem 1rem;background:var(--surface);border-radius:0 0 6px 6px}
.skip:focus{top:0}
html:not(.scripted) .only-scripted,[hidden],.filtered{display:none!important}
.notice{padding:.75rem 1rem;border-left:3px solid var(--slower);background:var(--surface);border-radius:0 6px 6px 0}
.notice h3{margin-top:0}
nav{position:sticky;top:0;z-index:5;display:flex;align-items:center;gap:1rem;padding:.5rem clamp(1rem,4vw,2.5rem);background:color-mix(in srgb,var(--background) 94%,transparent);border-block:1px solid var(--line);backdrop-filter:blur(6px)}
nav ul{display:flex;gap:1.25rem;margin:0 auto 0 0;padding:0;list-style:none;overflow-x:auto;scrollbar-width:none;white-space:nowrap;max-width:71rem}
nav a{display:block;padding:.25rem 0;color:var(--text);font-size:.875rem;text-decoration:none}
nav a:hover{color:var(--accent);text-decoration:underline}
footer{padding-top:2.5rem;padding-bottom:4rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.875rem}
footer h2{font-size:1rem;color:var(--text)}
footer dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.25rem 1.25rem}
footer dt{color:var(--text);font-weight:560}
dd{margin:0}
`;

/** Rules of tables and of what is folded away. */
const TABLES = `
.scrolls{overflow-x:auto;margin:0 0 1.25rem;border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}
th,td{overflow-wrap:anywhere}
caption{text-align:left;padding:.25rem 0 .5rem;font-weight:600}
th,td{padding:.5rem .75rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);min-width:4.5rem;max-width:26rem}
tbody th{font-weight:440;min-width:9rem}
td:not(.number){min-width:7.5rem}
td:not(.number)>.quiet:only-child{display:block;min-width:13rem}
th>.case-id,td>.case-id{display:inline-block;min-width:13rem}
thead th{color:var(--quiet);font-weight:560;font-size:.8125rem;white-space:nowrap;vertical-align:bottom}
th:first-child,td:first-child{padding-left:0}
tbody tr:hover{background:color-mix(in srgb,var(--accent) 5%,transparent)}
th.word,td.word{min-width:0}
.word{white-space:nowrap;overflow-wrap:normal}
.date{white-space:nowrap}
.case table{max-width:56rem}
.number{text-align:right;white-space:nowrap;overflow-wrap:normal}
.drawn-column{min-width:11rem;width:20%}
td.drawn-column{padding-block:.375rem}
#case-table :is(th,td):not(:first-child){padding-inline:.5rem}
#case-table .drawn-column{min-width:9rem;width:14%}
.of-group,.one-rate,.interval-text,.metric,.reason{display:block}
.of-group{min-height:1.625rem;white-space:nowrap}
.reason,.interval-text,.metric{font-size:.8125rem}
.state-ok,.state-failed,.state-skipped,.state-pending{white-space:nowrap;overflow-wrap:normal}
.state-ok{color:var(--faster)}.state-failed{color:var(--slower);font-weight:640}.state-skipped,.state-pending{color:var(--quiet)}
.verdict-faster,.verdict-slower,.verdict-same,.verdict-unclear{font-weight:620;white-space:nowrap}
.verdict-faster{color:var(--faster)}.verdict-slower{color:var(--slower)}.verdict-same{color:var(--same)}.verdict-unclear{color:var(--unclear)}
th[data-sort] button,.sorts{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer}
details{border-bottom:1px solid var(--line)}
details.case{scroll-margin-top:4rem}
summary{display:flex;align-items:baseline;gap:.75rem;padding:.7rem 0;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary::before{content:"";flex:none;width:.45rem;height:.45rem;border:solid var(--quiet);border-width:0 1.5px 1.5px 0;transform:translateY(-.15rem) rotate(-45deg)}
details[open]>summary::before{transform:translateY(-.25rem) rotate(45deg)}
summary h3{min-width:0;margin:0;font-size:.9375rem;font-weight:560}
summary .quiet{font-size:.8125rem;white-space:nowrap}
details[open]{padding-bottom:1.5rem}
.warnings dt,.explained dt{margin-top:1.25rem}
.warnings ul,.case-warnings,.doubts{margin:.25rem 0 0;padding-left:1.1rem;font-size:.9375rem}
.case-warnings{margin-bottom:1rem;color:var(--quiet)}
.warnings p{margin:.25rem 0}
.advice{color:var(--accent)}
`;

/** Rules of figures and of what is drawn in them. */
const FIGURES = `
.figure{margin:1.25rem 0;padding:clamp(1rem,2.5vw,1.5rem);background:var(--surface);border:1px solid var(--line);border-radius:10px}
figcaption{margin-top:.75rem;color:var(--quiet);font-size:.8125rem;max-width:80ch}
.row{display:grid;grid-template-columns:minmax(10rem,18rem) minmax(0,1fr);gap:0 1.25rem;align-items:center}
.row-label{display:flex;justify-content:space-between;gap:.75rem;font-size:.875rem;line-height:1.3}
.row-value{text-align:right;white-space:nowrap}
.row-value .quiet{display:block;font-size:.75rem}
.row-drawing{min-width:0}
.drawn>.scrolls{margin:1rem 0 0}
svg{display:block;overflow:visible;max-width:100%}
svg text{font-family:inherit;font-size:11.5px;fill:var(--quiet)}
.grid{stroke:var(--line);stroke-width:1}
.baseline{stroke:var(--line);stroke-width:1}
.zero{stroke:var(--quiet);stroke-width:1}
.band{fill:var(--quiet);opacity:.14}
.area{stroke:none;opacity:.62}
.outline{fill:none;stroke-width:1.25}
.median{stroke-width:2}
.run{opacity:.75}
.whisker{stroke:var(--text);stroke-width:1.25}
.pale{opacity:.32}
.layer{stroke:var(--surface);stroke-width:1.5}
.interval{stroke-width:2;stroke-linecap:round}
.mark{stroke:var(--surface);stroke-width:1}
.curve{fill:none;stroke-width:1.75;stroke-linejoin:round}
.roof{fill:none;stroke:var(--quiet);stroke-width:1.5}
svg .roof-label{fill:var(--text)}
svg .point-label{fill:var(--text);font-size:10.5px}
.halo{paint-order:stroke;stroke:var(--surface);stroke-width:3px;stroke-linejoin:round}
.named{display:inline-flex;align-items:baseline;gap:.4rem;margin-right:.75rem}
.chip,.swatch{flex:none;display:inline-block;width:.7rem;height:.7rem;border-radius:2px}
.has-live:not([data-figure=ratios])>.drawn .static{display:none}
.has-live>.drawn>.row{display:none}
.live{min-width:0}
.controls{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:end;margin:.5rem 0}
.choice{min-width:0;max-width:100%;display:inline-flex;flex-direction:column;gap:.15rem;font-size:.8125rem;color:var(--quiet)}
.control{font:inherit;font-size:.875rem;color:var(--text);background:var(--surface);border:1px solid color-mix(in srgb,var(--quiet) 55%,transparent);border-radius:6px;padding:.3rem .65rem;max-width:100%}
button.control{cursor:pointer}
button.control:hover{border-color:var(--accent)}
.control[aria-pressed=false]{opacity:.62}
nav .control{flex:none;font-size:.8125rem;padding:.2rem .6rem}
.tooltip{position:fixed;z-index:20;pointer-events:none;max-width:22rem;padding:.5rem .7rem;background:var(--surface);border:1px solid var(--line);border-radius:8px;box-shadow:0 6px 24px rgb(0 0 0/.18);font-size:.8125rem}
.tooltip table{font-size:inherit}
.tooltip th,.tooltip td{min-width:0;padding:.1rem .5rem .1rem 0;border:0}
.tooltip td{text-align:right;white-space:nowrap;padding-right:0}
.tooltip .swatch{margin-right:.4rem}
.tooltip-heading{font-weight:600;margin-bottom:.2rem}
.plot{min-width:0;overflow:hidden}
.uplot,.uplot *{font-family:inherit}
`;

/** Rules for narrow windows, for who wants no motion, and for paper. */
const MEDIA = `
@media (max-width:44rem){
.row{grid-template-columns:minmax(0,1fr)}
.row-label{padding-top:.4rem}
.row-value .quiet{display:inline;margin-left:.4rem}
section{padding:2rem 0}
footer dl{grid-template-columns:1fr}
footer dd{margin-bottom:.5rem}
.figure{margin-inline:-.5rem}
}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}*{transition:none!important;animation:none!important}}
@media (forced-colors:active){.chip,.swatch,svg [class*=fill-]{forced-color-adjust:none}}
@media print{
body{font-size:10pt;background:none}
nav,.skip,.controls,.only-scripted,.live{display:none!important}
.has-live>.drawn .static{display:block!important}
.has-live>.drawn>.row{display:grid!important}
details::details-content{content-visibility:visible!important;block-size:auto!important}
.figure,tr{break-inside:avoid}
h2,h3,h4,summary{break-after:avoid}
.scrolls{overflow:visible}
table{font-size:8pt}
th,td,th>.case-id,td>.case-id,td>.quiet:only-child,.drawn-column{min-width:0!important}
th,td{padding:.25rem .4rem}
.drawn-column{width:12%}
.number{white-space:normal}
}
`;

/** All rules but the colours. */
export const LAYOUT_STYLE: string = [PAGE, TABLES, FIGURES, MEDIA].join('\n');
