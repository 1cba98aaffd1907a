// The beginning, and the only file that does something by itself: the page is usable when `document.body.dataset.ready` is 1.
// The data are read after the first paint, because those of hundreds of reports take a while.
function startPage(): void {
  const data = readPageData();
  if (data === null) return;
  pageState.data = data;
  // Of a comparison the other side is the one to look at.
  pageState.report = Math.min(data.comparison?.baseline.reports.length ?? 0, data.reports.length - 1);
  startCaseTable();
  startCaseView();
  for (const id of ['overview', 'comparison', 'sweeps'] as const) {
    const section = byId(id);
    if (section !== null) watchFigures(section);
  }
  themeListeners.push(redrawPlots);
  reportListeners.push(redrawPlots);
  document.body.dataset.ready = '1';
  performance.mark('usable');
}

document.documentElement.classList.add('scripted');
startTheme();
// Two frames: the first is painted before the second begins. A page in the background gets none, and waits for no one.
if (document.visibilityState === 'hidden') setTimeout(startPage);
else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(startPage)));
