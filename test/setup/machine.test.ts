import { describe, expect, it } from 'vitest';
import { describeMachine, packageRoute } from '../../src/setup/machine.ts';
import { fixtureMachine } from './fixture-machine.ts';

describe('packageRoute()', () => {
  it.each([
    ['installs as root', { isRoot: true }, 'install'],
    ['unpacks for an ordinary user', {}, 'unpack'],
    ['gives up without apt-get, even as root', { isRoot: true, without: ['/usr/bin/apt-get'] }, 'none'],
    ['gives up for an ordinary user without dpkg-deb', { without: ['/usr/bin/dpkg-deb'] }, 'none'],
  ])('%s', (_, options, route) => {
    using fixture = fixtureMachine(options);
    expect(packageRoute(fixture.machine)).toBe(route);
  });
});

describe('describeMachine()', () => {
  it("takes guestmark's own additions out of the environment", () => {
    const env = { GUESTMARK_CACHE: '/cache', PATH: '/usr/bin:/cache/tools/bin' };
    expect(describeMachine({ env }).env.PATH).toBe('/usr/bin');
  });
});
