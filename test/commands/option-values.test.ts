import { expect, it } from 'vitest';
import { outFile, outPlace } from '../../src/commands/option-values.ts';

it('outFile() takes a name, and outPlace() takes - for standard output', () => {
  expect(() => outFile('')).toThrow('It names no file');
  expect(outPlace(outFile('a.csv'))).toBe('a.csv');
  expect(outPlace(outFile('-'))).toBeNull();
  expect(outPlace(undefined)).toBeNull();
});
