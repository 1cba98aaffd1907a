// A report whose names hold what may do harm in some format.
import { available } from '../../src/base/availability.ts';
import type { Report } from '../../src/report/report.ts';
import { deviceInfo } from '../report/sample-device.ts';
import { caseResult, caseRun, failedCase, sampleColumns, sampleReport } from '../report/sample-report.ts';

/** One name with everything in it, 10 kB long. */
export const HOSTILE_NAME = `=cmd|' /C calc'!A0"<img src=x onerror=alert(1)>\\"'\`|}{[](javascript:alert(1))\u0000\u001b[31m\u202e\u2028\r\n# HELP x y\n@someone #1 \ud800 ${'x'.repeat(10_000)}`;

/** Valid, apart from good taste. */
export function hostileReport(): Report {
  const runs = [1, 2].map((run) => caseRun({ run, samples: sampleColumns([4e6, 4.1e6, 4.2e6]) }));
  const result = caseResult({ runs });
  const warning = { id: HOSTILE_NAME, message: HOSTILE_NAME, advice: HOSTILE_NAME };
  const axes = Object.fromEntries([
    ['__proto__', 1],
    ['a"b,c', 2],
  ]);
  const failed = failedCase();
  const plain = sampleReport({ results: [] });
  return {
    ...plain,
    device: available(
      deviceInfo({ name: HOSTILE_NAME, driver: { ...deviceInfo().driver, info: available(HOSTILE_NAME) } }),
    ),
    system: { ...plain.system, hostname: HOSTILE_NAME },
    tool: { ...plain.tool, version: HOSTILE_NAME },
    warnings: [warning],
    results: [
      {
        ...result,
        id: HOSTILE_NAME,
        benchmark: HOSTILE_NAME,
        itemName: HOSTILE_NAME,
        axes,
        warnings: [warning],
      },
      { ...failed, id: `${HOSTILE_NAME}2`, benchmark: 'constructor' },
    ],
  };
}
