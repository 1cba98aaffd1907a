// Where commands write to: results to standard output, everything else to standard error. Progress is
// one line, drawn only on a terminal and only while nothing is being measured.
import { escapeControls, printable } from '../report/display-width.ts';
import type { SuiteProgress } from '../run/run-suite.ts';

/** Standard output and error as a command sees them. */
export interface Terminal {
  /** Width of standard output in columns; 120 where it is no terminal; at least 80. */
  readonly width: number;
  /** Whether standard output takes colour: a terminal, unless NO_COLOR or TERM=dumb say no, or FORCE_COLOR. */
  readonly color: boolean;
  /** The same two of standard error. */
  readonly errorWidth: number;
  readonly errorColor: boolean;
  readonly isInteractive: boolean;
  print(text: string): void;
  note(text: string): void;
  drawProgress(progress: SuiteProgress): void;
  /** What goes on while nothing is measured, on the same one line. */
  drawStatus(text: string): void;
  clearProgress(): void;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const color = wantsColor(env, stdout.isTTY === true);
  const errorColor = wantsColor(env, stderr.isTTY === true);
  const isInteractive = stderr.isTTY === true && env.TERM !== 'dumb';
  return {
    width: widthOf(stdout),
    color,
    errorWidth: widthOf(stderr),
    errorColor,
    isInteractive,
    // Users' text, files' names and other programs' words are in both.
    print: (text) => void stdout.write(escapeControls(text.endsWith('\n') ? text : `${text}\n`, color)),
    note: (text) => void stderr.write(`${escapeControls(text, errorColor)}\n`),
    drawProgress: (progress) => {
      if (isInteractive) stderr.write(`\r\x1b[K${progressLine(progress, stderr.columns || 80)}`);
    },
    drawStatus: (text) => {
      if (isInteractive) stderr.write(`\r\x1b[K${oneLine(text, stderr.columns || 80)}`);
    },
    clearProgress: () => {
      if (isInteractive) stderr.write('\r\x1b[K');
    },
  };
}

function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY === true ? Math.max(80, stream.columns || 80) : 120;
}

/** The conventions of no-color.org and force-color.org. */
function wantsColor(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return true;
  return isTerminal && env.TERM !== 'dumb';
}

/** `run 1/3, case 4/12: copy[n=16Mi] sampling (17 samples)`, cut to one line. */
function progressLine(progress: SuiteProgress, columns: number): string {
  const { run, runs, finishedCases, cases, id, phase, samples } = progress;
  const count = samples > 0 ? ` (${samples} samples)` : '';
  return oneLine(`run ${run}/${runs}, case ${finishedCases + 1}/${cases}: ${id} ${phase}${count}`, columns);
}

function oneLine(text: string, columns: number): string {
  return printable(text).slice(0, Math.max(20, columns - 1));
}
