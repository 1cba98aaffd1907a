import { describe, expect, it } from 'vitest';
import { savedLine } from '../../src/report/saved-line.ts';

describe('savedLine()', () => {
  it('says where the report is', () => {
    expect(savedLine({ status: 'complete' }, '/tmp/a b.json')).toBe('Report: /tmp/a b.json');
  });

  it('says how one that was interrupted is continued, as a shell takes it', () => {
    expect(savedLine({ status: 'partial' }, '/tmp/r.json')).toBe(
      'Report: /tmp/r.json (partial); `guestmark run --out /tmp/r.json --resume` continues it',
    );
    expect(savedLine({ status: 'partial' }, "it's.json")).toContain(
      String.raw`--out 'it'\''s.json' --resume`,
    );
  });
});
