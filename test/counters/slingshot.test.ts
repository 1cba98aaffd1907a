import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { counterChanges } from '../../src/counters/counter-change.ts';
import { SLINGSHOT } from '../../src/counters/slingshot.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { ROOT } from '../structure/project-files.ts';
import { contextOf, snapshots, writeFiles } from './snapshots.ts';

const FABRIC = join(ROOT, 'test/fixtures/fabric');
const TELEMETRY = 'sys/class/cxi/cxi0/device/telemetry';

describe('the group cxi', () => {
  it('takes what stands before the time of the reading, and passes the end of 56 bits', () => {
    const { files, pass } = snapshots(FABRIC, join(FABRIC, 'later'));
    const opened = SLINGSHOT.open(contextOf(files));
    if (!opened.available) throw new Error(opened.reason);
    using source = opened.value;
    const before = source.read();
    pass();
    const changes = counterChanges(source.counters, before, source.read());
    expect(changes.map(({ name, change, flags }) => [name, change, flags])).toEqual([
      ['cxi:cxi0:hni_pcs_uncorrected_cw', available(0), []],
      ['cxi:cxi0:hni_rx_paused_0', available(500), []],
      ['cxi:cxi0:hni_sts_rx_ok_octets', available(4000), []],
      ['cxi:cxi0:hni_sts_tx_ok_octets', available(1936), []],
      ['cxi:cxi0:hni_tx_ok_8192_to_max', available(0), []],
    ]);
    expect(source.counters.find(({ name }) => name.endsWith('rx_ok_octets'))).toMatchObject({
      unit: 'B',
      wrapBits: 56,
      source: `/${TELEMETRY}/hni_sts_rx_ok_octets, what stands before the @`,
    });
  });

  it('says why where there is no adapter, no telemetry, or none that is known', () => {
    const opened = (files: Readonly<Record<string, string>>): unknown => {
      using folder = temporaryFolder();
      writeFiles(folder.path, files);
      return SLINGSHOT.open(contextOf(systemFiles(folder.path)));
    };
    expect(opened({})).toEqual(unavailable('no Slingshot adapter: /sys/class/cxi: ENOENT'));
    expect(opened({ 'sys/class/cxi/cxi_eth/x': '' })).toEqual(
      unavailable('no Slingshot adapter in /sys/class/cxi'),
    );
    expect(opened({ 'sys/class/cxi/cxi0/device/vendor': '0x17db' })).toEqual(
      unavailable(`no telemetry of cxi0: /${TELEMETRY}: ENOENT`),
    );
    expect(opened({ [`${TELEMETRY}/else`]: '1' })).toEqual(
      unavailable('no telemetry of cxi0: none of the names in it is known'),
    );
  });

  it('has a reason for a file that holds no count', () => {
    using folder = temporaryFolder();
    writeFiles(folder.path, { [`${TELEMETRY}/pct_sct_timeouts`]: '@12' });
    const opened = SLINGSHOT.open(contextOf(systemFiles(folder.path)));
    expect(opened.available && [...opened.value.read()]).toEqual([
      ['cxi:cxi0:pct_sct_timeouts', unavailable(`/${TELEMETRY}/pct_sct_timeouts: "@12" is no count`)],
    ]);
  });
});
