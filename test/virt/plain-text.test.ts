import { expect, test } from 'vitest';
import { plainText } from '../../src/virt/plain-text.ts';

test('a plain name stays as it is', () => {
  expect(plainText('Amazon EC2')).toBe('Amazon EC2');
  expect(plainText(' \t Amazon EC2\n')).toBe('Amazon EC2');
  expect(plainText('Größe ✓ 😀')).toBe('Größe ✓ 😀');
  expect(plainText('')).toBe('');
});

test('what moves a cursor, hides or reorders letters becomes a blank', () => {
  expect(plainText('a\u001b[31mb')).toBe('a [31mb');
  expect(plainText('a\u0000\u0000b\u0000')).toBe('a b');
  expect(plainText('a\u202eb\u2066c\u200d\u2069')).toBe('a b c');
  expect(plainText('a\u009bb\u007fc\u2028d\u2029e\ufeff')).toBe('a b c d e');
  expect(plainText('a\ud800b\ufffdc')).toBe('a b c');
  expect(plainText('one\r\ntwo')).toBe('one two');
});

test('a long text is cut to 200 characters, and no character is halved', () => {
  expect(plainText('x'.repeat(10_000_000))).toHaveLength(200);
  expect([...plainText('😀'.repeat(300))]).toHaveLength(200);
  expect(plainText(`${'x'.repeat(199)} y`)).toBe('x'.repeat(199));
});
