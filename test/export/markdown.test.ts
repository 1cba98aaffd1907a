import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { markdown } from '../../src/export/markdown.ts';
import { softwareDevice } from '../report/sample-device.ts';
import { caseResult, failedCase, sampleReport, skippedCase } from '../report/sample-report.ts';
import { named, textOf } from './collect-text.ts';
import { hostileReport } from './hostile-report.ts';

const REPORT = sampleReport({ results: [caseResult(), skippedCase(), failedCase()] });

describe('markdown()', () => {
  it('has a row a case, with dashes for what is not known', async () => {
    const text = await textOf(markdown(named(REPORT)));
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows[0]).toMatch(
      /^\| `copy\[n=16Mi,WORKGROUP_SIZE=256\]` \| 401 µs ±0\.\d+% \| 403 µs ±0\.\d+% \| 40\d–40\d µs \| 335 GB\/s ±0\.\d+% \| 0–0\.\d+% \| 5 \| ✓.* \|$/,
    );
    expect(rows[1]).toMatch(/^\| `triad\[n=256Mi\]` \| – \| – \| – \| – \| – \| 0 \| skipped: buffer /);
    expect(rows[2]).toMatch(/\| – \| – \| – \| – \| – \| 1 \| failed: Cannot trust this case/);
    expect(text).toContain('### guestmark: `Example GPU 9000`');
    expect(text).toContain('driver EXAMPLE 550.54.15, attached: passthrough');
  });

  it('says of a software device that it is one, and tells warnings once', async () => {
    const warning = { id: 'steal', message: 'much was stolen', advice: 'ask the host' };
    const results = ['a', 'b'].map((id) => caseResult({ id, warnings: [warning], runs: [] }));
    const text = await textOf(
      markdown(named(sampleReport({ device: available(softwareDevice()), results }))),
    );
    expect(text).toContain('**Software device, no GPU**');
    expect(text).toContain('* `a`, `b`: much was stolen: ask the host\n');
  });

  it('keeps foreign text from being anything but text', async () => {
    const text = await textOf(markdown(named(hostileReport())));
    const [head] = text.split('\n').filter((line) => line.startsWith('| ---'));
    const cells = (line: string): number => line.replaceAll('\\|', '').split('|').length;
    for (const row of text.split('\n').filter((line) => line.startsWith('| `')))
      expect(cells(row)).toBe(cells(head ?? ''));
    // The line below the heading has no code in it.
    expect(text.split('\n')[2]).not.toMatch(/<(?!!-- -->)|@[a-z]|(?<!\\)[[\]`]/);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
  });
});
