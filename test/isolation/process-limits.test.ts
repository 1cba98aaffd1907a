// In processes of their own, because what a process was limited to cannot be raised again.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openLibc } from '../../src/timing/libc.ts';

const script = (memory: string): string => `
  import { readFileSync } from 'node:fs';
  import { limitProcess } from './dist/isolation/process-limits.js';
  limitProcess(${memory});
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const of = (name) => limits.split('\\n').find((line) => line.startsWith(name)).slice(26).split(/ +/).slice(0, 2);
  const oom = readFileSync('/proc/self/oom_score_adj', 'utf8').trim();
  console.log(JSON.stringify({ data: of('Max data size'), core: of('Max core file size'), oom }));
`;

function limitsAfter(memory: string, first = ':'): { data: string[]; core: string[]; oom: string } {
  const command = [process.execPath, '--input-type=module', '-e', script(memory)];
  const shell = ['-c', `${first} && exec "$@"`, 'sh', ...command];
  return JSON.parse(execFileSync('sh', shell, { encoding: 'utf8' }));
}

const isPipe = readFileSync('/proc/sys/kernel/core_pattern', 'utf8').startsWith('|');

it.skipIf(!openLibc().available)('limitProcess() limits memory and core files, for good', () => {
  const { data, core, oom } = limitsAfter(String(2 ** 30), 'ulimit -c unlimited');
  expect({ data, oom }).toEqual({ data: ['1073741824', '1073741824'], oom: '1000' });
  expect(core).toEqual(isPipe ? ['unlimited', 'unlimited'] : ['0', '0']);
});

it.skipIf(!openLibc().available)('limitProcess() raises no limit, and sets none that nobody knows', () => {
  // Node 24 itself reserves more than half a GiB.
  const before = `ulimit -d ${2 ** 21}`;
  expect(limitsAfter(String(2 ** 32), before).data).toEqual(['2147483648', '2147483648']);
  expect(limitsAfter('null', before).data).toEqual(['2147483648', '2147483648']);
});
