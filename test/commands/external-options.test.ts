import { describe, expect, it } from 'vitest';
import { externalOptions, serverAddress } from '../../src/commands/external-options.ts';

describe('serverAddress()', () => {
  it.each([
    ['host.example:4123', 'host.example', 4123],
    ['192.168.122.1:1', '192.168.122.1', 1],
    ['[fe80::1%eth0]:65535', 'fe80::1%eth0', 65_535],
  ])('reads %s', (text, host, port) => {
    expect(serverAddress(text)).toEqual({ host, port, text });
  });

  it.each(['host', 'host:', ':4123', 'host:0', 'host:65536', '::1:4123', 'a b:1', 'host:1x'])(
    'refuses "%s"',
    (text) => {
      expect(() => serverAddress(text)).toThrow('host:port');
    },
  );
});

describe('externalOptions()', () => {
  const externalClock = { host: 'h', port: 1, text: 'h:1' };

  it('asks for nothing without a server, even where there is a key', () => {
    expect(externalOptions({}, { GUESTMARK_TIME_KEY: 'a key of the environment' })).toEqual({
      external: null,
      externalClock: null,
      cautions: [],
    });
  });

  it('keeps the key apart from what goes into the report', () => {
    const text = 'a key of the environment';
    expect(externalOptions({ externalClock }, { GUESTMARK_TIME_KEY: text })).toEqual({
      external: { host: 'h', port: 1, key: Buffer.from(text).toString('base64') },
      externalClock: 'h:1',
      cautions: [],
    });
    expect(externalOptions({ externalClock }, {}).external?.key).toBeNull();
  });

  it('refuses a key without a server', () => {
    expect(() => externalOptions({ externalKeyFile: 'k' }, {})).toThrow('there is no --external-clock');
  });
});
