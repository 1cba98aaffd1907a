// A machine for tests: a table of files, nothing else. Folders are what the paths imply; a name that ends in / is an empty folder.
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import type { SystemFiles } from '../../src/base/system-files.ts';
import type { Machine } from '../../src/virt/machine.ts';

/** What a machine has; `links` are symbolic links. */
export function tableMachine(
  texts: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): Machine {
  return {
    files: tableFiles(texts, links),
    root: '/nowhere',
    live: false,
    cpuid: unavailable('CPUID: not in the table'),
    architecture: 'x64',
    variables: {},
    driverMode: (address) => unavailable(`${address}: no driver in the table`),
  };
}

function tableFiles(
  texts: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>>,
): SystemFiles {
  const missing = (path: string): Available<never> => unavailable(`${path}: ENOENT`);
  const own = (table: Readonly<Record<string, string>>, path: string): Available<string> =>
    Object.hasOwn(table, path) ? available(table[path] as string) : missing(path);
  return {
    read: (path) => own(texts, path),
    link: (path) => own(links, path),
    list: (path) => {
      const below = [...Object.keys(texts), ...Object.keys(links)].filter((name) =>
        name.startsWith(`${path}/`),
      );
      const names = below.map((name) => name.slice(path.length + 1).split('/')[0] as string);
      return below.length === 0
        ? missing(path)
        : available([...new Set(names)].filter((name) => name !== '').sort());
    },
  };
}

/** Everything that can be asked of it goes wrong in one way. */
export function hostileMachine(answer: (path: string) => Available<string>): Machine {
  const machine = tableMachine({});
  const list = (path: string): Available<readonly string[]> => {
    const text = answer(path);
    return text.available ? available(text.value.slice(0, 70_000).split('\n')) : text;
  };
  return { ...machine, files: { read: answer, link: answer, list } };
}

/** The `uevent` of a PCI function. */
export function pciUevent(
  id: string,
  classCode: string,
  { driver, subsystem = '0000:0000' }: { readonly driver?: string; readonly subsystem?: string } = {},
): string {
  const upper = (text: string): string => text.toUpperCase();
  const lines = [`PCI_CLASS=${upper(classCode)}`, `PCI_ID=${upper(id)}`, `PCI_SUBSYS_ID=${upper(subsystem)}`];
  return `${[...(driver === undefined ? [] : [`DRIVER=${driver}`]), ...lines].join('\n')}\n`;
}
