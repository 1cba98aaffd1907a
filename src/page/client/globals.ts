// What the scripts of the page know of the rest, by type only: the data, the names of elements, uPlot. These files are plain
// scripts without imports, joined into one function by client-scripts.ts in a fixed order; what one declares the others see.
type PageData = import('../page-data.ts').PageData;
type PageCase = import('../page-data.ts').PageCase;
type PageResult = import('../page-data.ts').PageResult;
type PageEstimate = import('../page-data.ts').PageEstimate;
type PageDispatch = import('../page-data.ts').PageDispatch;
type ComparedCase = import('../../compare/comparison.ts').ComparedCase;
type ComparedMetric = import('../../compare/comparison.ts').ComparedMetric;

type ValueOf<T> = T[keyof T];
type PageId = ValueOf<typeof import('../page-elements.ts').PAGE_IDS>;
type PageClass = ValueOf<typeof import('../page-elements.ts').PAGE_CLASSES>;
type PageAttribute = ValueOf<typeof import('../page-elements.ts').PAGE_ATTRIBUTES>;
type FigureId = ValueOf<typeof import('../page-elements.ts').FIGURES>;
type ClockId = typeof import('../page-elements.ts').PAGE_CLOCKS[number];
type ColourName = keyof typeof import('../page-elements.ts').COLOUR_PROPERTIES;
type ColourProperty = ValueOf<typeof import('../page-elements.ts').COLOUR_PROPERTIES>;

type Plot = import('uplot');
type PlotOptions = import('uplot').Options;
type PlotSeries = import('uplot').Series;
