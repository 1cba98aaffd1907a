import { describe, expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import { loadPart } from '../../src/base/load-part.ts';

const failing = (code: string, path?: string): Promise<never> =>
  Promise.reject(Object.assign(new Error(`${code}: it cannot be opened`), { code, path }));

describe('loadPart()', () => {
  it('gives what was loaded', async () => {
    expect(await loadPart(Promise.resolve({ verb: 1 }))).toEqual({ verb: 1 });
  });

  it.each([
    ['EMFILE', 'Cannot load guestmark: too many files are open'],
    ['ENFILE', 'Cannot load guestmark: too many files are open'],
    ['EACCES', 'Cannot load guestmark: /opt/guestmark.js: permission denied'],
  ])('tells of %s in words', async (code, message) => {
    const error: unknown = await loadPart(failing(code, '/opt/guestmark.js')).catch((one) => one);
    expect(error).toBeInstanceOf(GuestmarkError);
    expect(error).toMatchObject({ code: 'environment', message, hint: expect.any(String) });
  });

  it('lets every other error through as it is', async () => {
    const defect = new TypeError('x is not a function');
    await expect(loadPart(Promise.reject(defect))).rejects.toBe(defect);
    await expect(loadPart(failing('ERR_MODULE_NOT_FOUND'))).rejects.toMatchObject({
      code: 'ERR_MODULE_NOT_FOUND',
    });
  });
});
