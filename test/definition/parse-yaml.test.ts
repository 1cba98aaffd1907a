import { describe, expect, it } from 'vitest';
import { type ParsedText, parseYaml } from '../../src/definition/parse-yaml.ts';

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** Nine times nine times … : ten to the ninth strings, if every alias were followed. */
const BILLION_LAUGHS = lines(10, (index) =>
  index === 0 ? 'a0: &a0 lol' : `a${index}: &a${index} [${`*a${index - 1}, `.repeat(9)}]`,
);

describe('parseYaml()', () => {
  it('reads values of the core types, comments and aliases', () => {
    const text = 'a: &list [1, 1Mi, 0x10, 1e3]\nb: *list # again\nc: "64..256*2"\nd: yes\n';
    const list = [1, '1Mi', 16, 1000];
    expect(parseYaml(text)).toEqual({ value: { a: list, b: list, c: '64..256*2', d: 'yes' } });
  });

  it.each([
    ['', null],
    ['# nothing\n', null],
    ['just text', 'just text'],
  ])('reads %j', (text, value) => {
    expect(parseYaml(text)).toEqual({ value });
  });

  it.each<[string, string, RegExp, number]>([
    ['a mistake', 'a: 1\nb: [1,\nc: 2\n', /flow/, 3],
    ['a tab for an indent', 'a:\n\tb: 1\n', /tab/, 2],
    ['a key that stands twice', 'a: 1\nb:\n  x: 1\n  x: 2\n', /^"x" stands twice$/, 4],
    ['a key that is a list', 'a: 1\n? [b]\n: 2\n', /^a key is no plain text$/, 2],
    ['a tag of a program', 'a: 1\nb: !!js/function "x"\n', /unresolved tag/, 2],
    ['a second document', 'a: 1\n---\nb: 1\n', /second document/, 2],
    ['an alias of nothing', 'a: 1\nb: *c\n', /^\*c stands for nothing before it$/, 2],
  ])('says in which line there is %s', (_, text, problem, line) => {
    expect(parseYaml(text)).toMatchObject({ problem: expect.stringMatching(problem), line });
  });

  it('follows aliases only so far, whether they multiply or are many', () => {
    const problem = 'its aliases repeat too much';
    expect(parseYaml(BILLION_LAUGHS)).toEqual({ problem, line: null });
    expect(parseYaml(`a: &a [1]\nb: [${'*a,'.repeat(101)}]`)).toEqual({ problem, line: null });
  });

  it('lets an alias lead in a circle, as a value that does', () => {
    const { value } = parseYaml('a: &a [*a]') as { value: { a: unknown[] } };
    expect(value.a[0]).toBe(value.a);
  });

  it('keeps a key __proto__ as a key', () => {
    const { value } = parseYaml('__proto__: { x: 1 }') as { value: object };
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  // Without limits some of these end the process: V8 dies where it compiles a regular expression on a full stack.
  it.each<[string, string]>([
    ['opening brackets', '['.repeat(2 ** 20)],
    ['lists in lists', '- '.repeat(2 ** 19)],
    ['keys of keys', '? '.repeat(2 ** 19)],
    ['values of values', 'a: '.repeat(3e5)],
    ['indents', lines(1400, (index) => `${' '.repeat(index)}a:`)],
    ['anchors', '&a '.repeat(3e5)],
    ['quotes', '"'.repeat(2 ** 20)],
    ['closing braces', '}\n'.repeat(2 ** 19)],
    ['directives', '%x\n'.repeat(3e5)],
    ['documents', '---\n'.repeat(2 ** 18)],
    ['keys without an end', `{${'a,'.repeat(5e5)}}`],
    ['aliases', `a: &a [1]\nb: [${'*a,'.repeat(9e4)}]`],
    ['aliases, each of its own anchor', `a: [${lines(19_000, (i) => `&a${i} 1, *a${i},`)}]`],
    ['text behind text', '"a" '.repeat(2.5e5)],
  ])('ends soon on a mebibyte of %s', { timeout: 20_000 }, (_, text) => {
    const startMs = performance.now();
    const result: ParsedText = parseYaml(text);
    expect(performance.now() - startMs).toBeLessThan(10_000);
    expect(result).toHaveProperty('problem');
  });

  it('takes many different keys', () => {
    expect(parseYaml(lines(30_000, (index) => `k${index}: 1`))).toHaveProperty('value');
  });
});
