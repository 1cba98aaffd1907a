// Making and finding elements: text only ever becomes text. There is no way here to pass markup, so that names of devices or
// benchmarks can hold anything.
type Child = Node | string | null;

interface ElementWords {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The element that the page has under this id, if it has one. */
function byId(id: PageId): HTMLElement | null {
  return document.getElementById(id);
}

/** Makes an HTML element. */
function make<Name extends keyof HTMLElementTagNameMap>(
  tag: Name,
  words: ElementWords = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(tag);
  return filled(element, words, children);
}

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/** Makes an SVG element. */
function makeSvg<Name extends keyof SVGElementTagNameMap>(
  tag: Name,
  words: ElementWords = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG_NAMESPACE, tag);
  return filled(element, words, children);
}

function filled<Made extends Element>(element: Made, words: ElementWords, children: readonly Child[]): Made {
  if (words.class !== undefined) element.setAttribute('class', words.class);
  if (words.text !== undefined) element.textContent = words.text;
  for (const [key, value] of Object.entries(words.attributes ?? {})) element.setAttribute(key, value);
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/** All elements below `root` of a class. */
function allOf(root: ParentNode, selector: string): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)];
}

/** Tells those who listen instead of looking. */
function announce(text: string): void {
  const announcer = byId('announcer');
  if (announcer !== null) announcer.textContent = text;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A labelled choice among texts. */
function makeSelect(
  label: string,
  choices: readonly Choice[],
  chosen: string,
  change: (value: string) => void,
): HTMLLabelElement {
  const select = make('select', { class: 'control' });
  for (const { value, label: text } of choices) {
    select.append(make('option', { text, attributes: { value } }));
  }
  select.value = chosen;
  select.addEventListener('change', () => change(select.value));
  return make('label', { class: 'choice' }, make('span', { text: label }), select);
}

/** A button that stays pressed or not. */
function makeToggle(label: string, pressed: boolean, change: (pressed: boolean) => void): HTMLButtonElement {
  const button = make('button', {
    class: 'control',
    text: label,
    attributes: { type: 'button', 'aria-pressed': String(pressed) },
  });
  button.addEventListener('click', () => {
    const now = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(now));
    change(now);
  });
  return button;
}
