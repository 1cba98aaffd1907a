import { describe, expect, it } from 'vitest';
import { Scope } from '../../src/base/scope.ts';

/** A disposable that notes its name when it is disposed. */
function noting(name: string, log: string[], error?: Error): Disposable {
  return {
    [Symbol.dispose]: () => {
      log.push(name);
      if (error !== undefined) throw error;
    },
  };
}

describe('Scope', () => {
  it('disposes in reverse order', () => {
    const log: string[] = [];
    {
      using scope = new Scope();
      scope.use(noting('first', log));
      scope.defer(() => log.push('second'));
      scope.use(noting('third', log));
      expect(log).toEqual([]);
    }
    expect(log).toEqual(['third', 'second', 'first']);
  });

  it('gives back what it takes', () => {
    using scope = new Scope();
    const resource = noting('x', []);
    expect(scope.use(resource)).toBe(resource);
  });

  it('disposes once only', () => {
    const log: string[] = [];
    const scope = new Scope();
    scope.use(noting('x', log));
    scope[Symbol.dispose]();
    scope[Symbol.dispose]();
    expect(log).toEqual(['x']);
  });

  it('disposes everything although one fails, and throws the first error', () => {
    const log: string[] = [];
    const scope = new Scope();
    scope.use(noting('a', log, new Error('a failed')));
    scope.use(noting('b', log));
    scope.use(noting('c', log, new Error('c failed')));
    expect(() => scope[Symbol.dispose]()).toThrow('c failed');
    expect(log).toEqual(['c', 'b', 'a']);
  });

  it('open() gives what was made and leaves the scope open', () => {
    const log: string[] = [];
    const made = Scope.open((scope) => {
      scope.use(noting('x', log));
      return { close: () => scope[Symbol.dispose]() };
    });
    expect(log).toEqual([]);
    made.close();
    expect(log).toEqual(['x']);
  });

  it('open() disposes what was opened before it threw, and throws that error even if closing fails', () => {
    const log: string[] = [];
    const make = (scope: Scope): never => {
      scope.use(noting('a', log));
      scope.use(noting('b', log, new Error('b failed')));
      throw new Error('make failed');
    };
    expect(() => Scope.open(make)).toThrow('make failed');
    expect(log).toEqual(['b', 'a']);
  });

  it('disposes what is added while it disposes', () => {
    const log: string[] = [];
    const scope = new Scope();
    scope.defer(() => scope.use(noting('late', log)));
    scope[Symbol.dispose]();
    expect(log).toEqual(['late']);
  });
});
