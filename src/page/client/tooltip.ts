// The one box that floats beside the pointer, with the numbers of what lies under it. Text only.
interface TooltipLine {
  readonly label: string;
  readonly value: string;
  readonly colour?: ColourName;
}

let tooltipBox: HTMLElement | null = null;

/** Shows lines beside a point of the window, on whichever side has room. */
function showTooltip(x: number, y: number, heading: string, lines: readonly TooltipLine[]): void {
  tooltipBox ??= make('div', { class: 'tooltip', attributes: { 'aria-hidden': 'true' } });
  const rows = lines.map(({ label, value, colour }) =>
    make(
      'tr',
      {},
      make('th', {}, colour === undefined ? null : makeSwatch(colour), label),
      make('td', { text: value }),
    ),
  );
  tooltipBox.replaceChildren(
    make('div', { class: 'tooltip-heading', text: heading }),
    make('table', {}, ...rows),
  );
  document.body.append(tooltipBox);
  tooltipBox.hidden = false;
  placeTooltip(tooltipBox, x, y);
}

function placeTooltip(box: HTMLElement, x: number, y: number): void {
  const margin = 14;
  const { width, height } = box.getBoundingClientRect();
  const right = x + margin + width > innerWidth ? x - margin - width : x + margin;
  const below = y + margin + height > innerHeight ? y - margin - height : y + margin;
  box.style.left = `${Math.max(4, right)}px`;
  box.style.top = `${Math.max(4, below)}px`;
}

function hideTooltip(): void {
  if (tooltipBox !== null) tooltipBox.hidden = true;
}

/** A small square of a colour of the theme, whichever is in force. */
function makeSwatch(colour: ColourName): HTMLElement {
  const swatch = make('span', { class: 'swatch', attributes: { 'aria-hidden': 'true' } });
  swatch.style.background = `var(${COLOURS[colour]})`;
  return swatch;
}

/** Lets an element show a tooltip while the pointer is over it. */
function attachTooltip(element: Element, heading: string, lines: () => readonly TooltipLine[]): void {
  element.addEventListener('pointermove', (event) => {
    const { clientX, clientY } = event as PointerEvent;
    showTooltip(clientX, clientY, heading, lines());
  });
  element.addEventListener('pointerleave', hideTooltip);
}
