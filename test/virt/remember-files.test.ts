import { expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { describeSystem } from '../../src/virt/describe-system.ts';
import type { Machine } from '../../src/virt/machine.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import { rememberFiles } from '../../src/virt/remember-files.ts';

/** Notes every question. */
function noting({ files, ...machine }: Machine): { readonly machine: Machine; readonly asked: string[] } {
  const asked: string[] = [];
  const note =
    <T>(what: string, ask: (path: string, encoding?: 'utf8' | 'latin1') => T) =>
    (path: string, encoding?: 'utf8' | 'latin1'): T => {
      asked.push(`${what} ${path} ${encoding ?? ''}`);
      return ask(path, encoding);
    };
  const noted = {
    read: note('read', files.read),
    list: note('list', files.list),
    link: note('link', files.link),
  };
  return { machine: { ...machine, files: noted }, asked };
}

it('a description asks for every file once', () => {
  const { machine, asked } = noting(thisMachine());
  describeSystem(machine, { exitCost: false });
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((one, index) => asked.indexOf(one) !== index)).toEqual([]);
});

it('a text of the same file in another encoding is another text, and a name is no text', () => {
  const files = rememberFiles({
    read: (path, encoding) => available(`${path} as ${encoding}`),
    list: (path) => available([path]),
    link: (path) => available(`-> ${path}`),
  });
  expect([files.read('/a'), files.read('/a', 'latin1'), files.read('/a')]).toEqual([
    available('/a as utf8'),
    available('/a as latin1'),
    available('/a as utf8'),
  ]);
  expect([files.list('/a'), files.link('/a')]).toEqual([available(['/a']), available('-> /a')]);
});
