// The ids of containers and pods in the names of control groups, replaced wherever they stand: a recording goes to strangers,
// and Docker's hostnames begin with such an id. Whoever asks for a file by the replaced path gets that of the true one.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';

/** Containers have 64 hexadecimal digits, some runtimes 32; pods have a UUID, written with dashes or underscores. */
const ID = /[0-9a-f]{32,64}|[0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}/g;
/** Only these name control groups. */
const NAMES_GROUPS = /\/(cgroup|mountinfo|mounts)$/;

/** The files of a machine in which every id is another one of the same form. */
export function withHiddenIds(files: SystemFiles): SystemFiles {
  const shown = new Map<string, string>();
  const hide = (text: string): string =>
    text.replace(ID, (id) => {
      const replacement = shown.get(id) ?? standIn(id, shown.size + 1);
      shown.set(id, replacement);
      return replacement;
    });
  const reveal = (path: string): string =>
    [...shown].reduce((revealed, [id, replacement]) => revealed.replaceAll(replacement, id), path);
  const asked = <T>(path: string, ask: (path: string) => Available<T>): Available<T> => {
    const answer = ask(reveal(path));
    return answer.available ? answer : unavailable(hide(answer.reason));
  };
  return {
    read: (path, encoding) => {
      const text = asked(path, (real) => files.read(real, encoding));
      return text.available && NAMES_GROUPS.test(path) ? available(hide(text.value)) : text;
    },
    list: (path) => {
      const names = asked(path, files.list);
      return names.available && path.startsWith('/sys/fs/cgroup') ? available(names.value.map(hide)) : names;
    },
    link: (path) => asked(path, files.link),
  };
}

/** As long as the id and with its separators: `00000000-0000-0000-0000-000000000001`. */
function standIn(id: string, index: number): string {
  const digits = index.toString(16);
  return id.slice(0, -digits.length).replace(/[0-9a-f]/g, '0') + digits;
}
