// Light, dark, or as the system has it. Nothing is stored: a page opened from a file may have no storage, and one that was
// passed on should look to its next reader as that reader likes it.
type Theme = 'auto' | 'light' | 'dark';

const THEME_LABELS: Readonly<Record<Theme, string>> = {
  auto: 'Theme: as the system',
  light: 'Theme: light',
  dark: 'Theme: dark',
};

let chosenTheme: Theme = 'auto';

/** Called after colours have changed. */
const themeListeners: (() => void)[] = [];

function applyTheme(theme: Theme): void {
  const { classList } = document.documentElement;
  classList.toggle('theme-dark', theme === 'dark');
  classList.toggle('theme-light', theme === 'light');
  for (const listener of themeListeners) listener();
}

function showThemeButton(button: HTMLElement): void {
  button.textContent = THEME_LABELS[chosenTheme];
  button.setAttribute('aria-pressed', String(chosenTheme !== 'auto'));
}

/** The button goes round: as the system, light, dark. */
function startTheme(): void {
  const button = byId('theme-toggle');
  const order: readonly Theme[] = ['auto', 'light', 'dark'];
  if (button !== null) {
    showThemeButton(button);
    button.addEventListener('click', () => {
      chosenTheme = order[(order.indexOf(chosenTheme) + 1) % order.length] ?? 'auto';
      applyTheme(chosenTheme);
      showThemeButton(button);
    });
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => applyTheme(chosenTheme));
  // Paper is white. Charts are drawn, and so must be drawn again.
  addEventListener('beforeprint', () => applyTheme('light'));
  addEventListener('afterprint', () => applyTheme(chosenTheme));
}

const COLOURS: Readonly<Record<ColourName, ColourProperty>> = {
  background: '--background',
  surface: '--surface',
  text: '--text',
  quiet: '--quiet',
  line: '--line',
  accent: '--accent',
  gpuTime: '--device',
  wallTime: '--wall',
  correctedWall: '--corrected',
  undisturbedWall: '--undisturbed',
  cpuTime: '--cpu',
  submitTime: '--submit',
  queueTime: '--queue',
  wakeUpTime: '--wake-up',
  copy: '--copy',
  call: '--call',
  steal: '--steal',
  runQueue: '--run-queue',
  throttling: '--throttling',
  faster: '--faster',
  slower: '--slower',
  same: '--same',
  unclear: '--unclear',
};

/** A colour of the theme in force, as text for a canvas. */
function colourOf(name: ColourName): string {
  const found = getComputedStyle(document.documentElement).getPropertyValue(COLOURS[name]).trim();
  return found === '' ? '#888888' : found;
}
