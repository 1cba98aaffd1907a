// Asks a machine for every file once: a description reads some of them for several facts, and on a machine with hundreds of CPUs
// /proc/cpuinfo alone takes milliseconds. Also keeps a description of one mind: what changes meanwhile is seen in one state.
import type { SystemFiles, TextEncoding } from '../base/system-files.ts';
import { askOnce } from './ask-once.ts';

/** The same files, each as it was when it was first asked for. For one description, not for whoever waits for a change. */
export function rememberFiles(files: SystemFiles): SystemFiles {
  const texts: Readonly<Record<TextEncoding, SystemFiles['read']>> = {
    utf8: askOnce((path) => files.read(path, 'utf8')),
    latin1: askOnce((path) => files.read(path, 'latin1')),
  };
  return {
    read: (path, encoding = 'utf8') => texts[encoding](path),
    list: askOnce((path) => files.list(path)),
    link: askOnce((path) => files.link(path)),
  };
}
