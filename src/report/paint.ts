// Colours, if asked for. Whether a terminal shows them is decided by the caller, never here: not by the
// environment, not by a stream.
import { styleText } from 'node:util';

/** What a piece of text means. */
type Style = 'heading' | 'good' | 'bad' | 'caution' | 'quiet';

/** Text with a meaning; plain text has none. */
export type Painted = string | { readonly text: string; readonly style: Style };

/** Adds escape codes, or returns the text as it is. */
export type Paint = (painted: Painted, padded?: string) => string;

const FORMATS = {
  heading: 'bold',
  good: 'green',
  bad: ['bold', 'red'],
  caution: 'yellow',
  quiet: 'dim',
} as const satisfies Record<Style, Parameters<typeof styleText>[0]>;

/** The painter for a terminal with or without colours. */
export function painter(color: boolean): Paint {
  return (painted, padded = textOf(painted)) => {
    if (!color || typeof painted === 'string' || padded.trim() === '') return padded;
    return styleText(FORMATS[painted.style] as Parameters<typeof styleText>[0], padded, {
      validateStream: false,
    });
  };
}

/** The text without its meaning. */
export function textOf(painted: Painted): string {
  return typeof painted === 'string' ? painted : painted.text;
}
