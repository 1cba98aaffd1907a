// A machine for tests, all of it in memory: files, links, leaves of CPUID. Folders are what the paths imply; a name that ends in
// / is an empty folder. Machines whose files must be real are made in test/counters/machines.ts.
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import type { SystemFiles } from '../../src/base/system-files.ts';
import type { Machine } from '../../src/virt/machine.ts';
import { cpuidOf, type Leaves } from '../timing/cpuid-fixture.ts';

/** What a test says of a machine; the rest is missing. */
export interface MachineTables
  extends Partial<Pick<Machine, 'variables' | 'architecture' | 'cpuid' | 'live'>> {
  readonly files?: Readonly<Record<string, string>>;
  /** Symbolic links. */
  readonly links?: Readonly<Record<string, string>>;
  /** None: no CPUID. */
  readonly leaves?: Leaves | undefined;
}

/** A machine that is not this one. */
export function tableMachine({ files = {}, links = {}, leaves, ...rest }: MachineTables = {}): Machine {
  return {
    files: tableFiles(files, links),
    root: '/no such machine',
    live: false,
    cpuid: leaves === undefined ? unavailable('CPUID: not in the recording') : available(cpuidOf(leaves)),
    architecture: 'x64',
    variables: {},
    driverMode: (address) => unavailable(`${address}: no driver in the table`),
    ...rest,
  };
}

function tableFiles(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>>,
): SystemFiles {
  const paths = [...Object.keys(files), ...Object.keys(links)];
  const below = (path: string): readonly string[] =>
    paths.filter((one) => one.startsWith(`${path}/`)).map((one) => one.slice(path.length + 1));
  const entry = (table: Readonly<Record<string, string>>, path: string): Available<string> =>
    Object.hasOwn(table, path)
      ? available(table[path] as string)
      : unavailable(`${path}: ${below(path).length > 0 ? 'EISDIR' : 'ENOENT'}`);
  return {
    read: (path) => entry(files, path),
    link: (path) => entry(links, path),
    list: (path) => {
      const inside = below(path);
      const names = new Set(inside.map((name) => name.split('/')[0] as string).filter((name) => name !== ''));
      return inside.length === 0 ? unavailable(`${path}: ENOENT`) : available([...names].sort());
    },
  };
}

/** Everything that can be asked of it goes wrong in one way. */
export function hostileMachine(answer: (path: string) => Available<string>): Machine {
  const list = (path: string): Available<readonly string[]> => {
    const text = answer(path);
    return text.available ? available(text.value.slice(0, 70_000).split('\n')) : text;
  };
  return { ...tableMachine(), files: { read: answer, link: answer, list } };
}
