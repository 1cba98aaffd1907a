// What the page shows at the moment: the data it was made of, and which report its figures speak of. Draws nothing.
interface PageState {
  /** Set once, before anything is drawn. */
  data: PageData;
  /** Index into `data.reports`. */
  report: number;
}

/** Empty until the page is started. */
const pageState: PageState = {
  data: {
    tool: { name: '', version: '' },
    title: '',
    reports: [],
    refused: [],
    cases: [],
    roofs: { bandwidth: null, arithmetic: {} },
    comparison: null,
  },
  report: 0,
};

/** Called after another report was chosen. */
const reportListeners: (() => void)[] = [];

function chooseReport(report: number): void {
  pageState.report = report;
  for (const select of allOf(document, 'select[data-choose-report]')) {
    (select as HTMLSelectElement).value = String(report);
  }
  for (const listener of reportListeners) listener();
}

/** A choice among the reports, if there are several; all such choices move together. */
function makeReportChoice(): HTMLElement | null {
  const { reports } = pageState.data;
  if (reports.length < 2) return null;
  const choices = reports.map((_, index) => ({ value: String(index), label: reportLabel(index) }));
  const choice = makeSelect('report', choices, String(pageState.report), (value) =>
    chooseReport(Number(value)),
  );
  choice.querySelector('select')?.setAttribute('data-choose-report', '');
  return choice;
}

/** Reads the data out of the page; null where there are none. */
function readPageData(): PageData | null {
  const text = byId('page-data')?.textContent ?? '';
  return text.trim() === '' ? null : (JSON.parse(text) as PageData);
}

/** What the chosen report says of a case. */
function chosenResult(one: PageCase): PageResult | null {
  return one.results[pageState.report] ?? null;
}

/** `copy[bytes=16Mi]` in words for headings: the id says all. */
function caseAt(index: number): PageCase | null {
  return pageState.data.cases[index] ?? null;
}
