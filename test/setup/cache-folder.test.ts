import { describe, expect, it } from 'vitest';
import { cacheFolder, environmentOutside } from '../../src/setup/cache-folder.ts';

describe('cacheFolder()', () => {
  it('follows GUESTMARK_CACHE, then XDG_CACHE_HOME, then the home folder', () => {
    const env = { GUESTMARK_CACHE: '/a', XDG_CACHE_HOME: '/b', HOME: '/c' };
    expect(cacheFolder(env)).toBe('/a');
    expect(cacheFolder({ ...env, GUESTMARK_CACHE: '' })).toBe('/b/guestmark');
    expect(cacheFolder({ HOME: '/c' })).toBe('/c/.cache/guestmark');
  });
});

describe('environmentOutside()', () => {
  it('removes the entries that lead into the folder and the variables that held nothing else', () => {
    const env = {
      PATH: '/usr/bin:/cache/x/bin',
      VK_DRIVER_FILES: '/cache/x/lvp.json',
      LD_LIBRARY_PATH: '/opt:/cacheother',
    };
    expect(environmentOutside('/cache', env)).toEqual({
      PATH: '/usr/bin',
      LD_LIBRARY_PATH: '/opt:/cacheother',
    });
  });
});
