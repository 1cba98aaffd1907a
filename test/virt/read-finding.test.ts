import { expect, test } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { likely } from '../../src/virt/finding.ts';
import { exists, plainly, readInteger, readText } from '../../src/virt/read-finding.ts';
import { tableMachine } from './table-machine.ts';

const { files } = tableMachine({
  files: {
    '/text': ' a\u001bb \n',
    '/empty': ' \n',
    '/number': '-42\n',
    '/folder/file': '',
    '/big': '9'.repeat(16),
  },
});

test('readText() gives plain text, and nothing for an empty file', () => {
  expect(readText(files, '/text')).toMatchObject({ value: 'a b', source: '/text', confidence: 'certain' });
  expect(readText(files, '/empty')).toEqual(unavailable('/empty: empty'));
  expect(readText(files, '/folder')).toEqual(unavailable('/folder: EISDIR'));
});

test('readInteger() scales, and refuses what is none or cannot be held', () => {
  expect(readInteger(files, '/number', 1000)).toMatchObject({ value: -42_000 });
  expect(readInteger(files, '/text')).toEqual(unavailable('/text: "a b" is no integer'));
  expect(readInteger(files, '/big').available).toBe(false);
});

test('exists() knows files, folders and what may not be read', () => {
  expect(['/empty', '/folder', '/none'].map((path) => exists(files, path))).toEqual([true, true, false]);
  const denied = { ...files, read: (path: string) => unavailable(`${path}: EACCES`) };
  expect(exists(denied, '/root')).toBe(true);
});

test('plainly() cleans a source and a reason', () => {
  expect(plainly(likely(1, 'a\nb'))).toEqual(likely(1, 'a b'));
  expect(plainly(unavailable('x'.repeat(500)))).toEqual(unavailable('x'.repeat(200)));
});
