// A fact that stands in one file, alone: its text or its number, made plain, or why there is none. Knows no file by name.
import { unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { certain, type Finding } from './finding.ts';
import { plainText } from './plain-text.ts';

/** The text of a file of one line; an empty one tells nothing. */
export function readText(files: SystemFiles, path: string): Finding<string> {
  const text = files.read(path);
  if (!text.available) return text;
  const value = plainText(text.value);
  return value === '' ? unavailable(`${path}: empty`) : certain(value, path);
}

/** A file that holds one integer; `scale` gives the value its unit, such as 1000 for kHz in Hz. */
export function readInteger(files: SystemFiles, path: string, scale = 1): Finding<number> {
  const text = readText(files, path);
  if (!text.available) return text;
  const isSafe = /^-?\d{1,16}$/.test(text.value) && Number.isSafeInteger(scale * Number(text.value));
  return isSafe
    ? certain(scale * Number(text.value), path)
    : unavailable(`${path}: "${text.value.slice(0, 40)}" is no integer`);
}

/** Whether there is a file or a folder of that name, readable or not. */
export function exists(files: SystemFiles, path: string): boolean {
  const text = files.read(path);
  return text.available || /: (EISDIR|EACCES|EPERM)$/.test(text.reason);
}

/** A finding whose source or reason holds names from the machine, made plain. */
export function plainly<T>(finding: Finding<T>): Finding<T> {
  return finding.available
    ? { ...finding, source: plainText(finding.source) }
    : unavailable(plainText(finding.reason));
}
