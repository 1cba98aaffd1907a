import { Command } from 'commander';
import { expect, it } from 'vitest';
import type { ProgramContext } from '../../src/commands/shared-options.ts';
import { loadVerbs } from '../../src/commands/verbs.ts';

/** The names of the verbs that are added for a first word. */
async function verbsFor(first: string | undefined): Promise<readonly string[]> {
  const program = new Command();
  for (const add of await loadVerbs(first)) add(program, {} as ProgramContext);
  return program.commands.map((command) => command.name());
}

it('loadVerbs() adds the one that is asked for, and all where none is, or one that does not exist', async () => {
  const all = await verbsFor(undefined);
  expect(all.length).toBeGreaterThan(10);
  for (const name of all) expect(await verbsFor(name)).toEqual([name]);
  for (const none of ['--help', 'help', 'rnu', '', 'constructor', '__proto__'])
    expect(await verbsFor(none)).toEqual(all);
});
