// How much memory this kernel manages, for whoever tells it and for whoever asks whether a limit is one.
import { unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { certain, type Finding } from './finding.ts';

const PATH = '/proc/meminfo';

/** MemTotal in bytes: without what the kernel itself and the firmware keep. */
export function readMemTotal(files: SystemFiles): Finding<number> {
  const text = files.read(PATH);
  if (!text.available) return text;
  const kib = /^MemTotal: +(\d{1,12}) kB$/m.exec(text.value)?.[1];
  return kib === undefined
    ? unavailable(`${PATH}: no MemTotal`)
    : certain(1024 * Number(kib), `${PATH}: MemTotal`);
}
