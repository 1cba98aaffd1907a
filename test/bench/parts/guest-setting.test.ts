import { describe, expect, it } from 'vitest';
import { LOAD, PIN, settingProblem } from '../../../bench/parts/guest-setting.ts';

describe('settingProblem()', () => {
  it('takes every setting that there is', () => {
    for (const pin of Object.values(PIN))
      for (const load of Object.values(LOAD)) expect(settingProblem(pin, load)).toBeNull();
  });

  it('names the axis and its values where a value is no setting', () => {
    expect(settingProblem(7, LOAD.idle)).toBe('pin is none of 0, 1, 2');
    expect(settingProblem(0.5, LOAD.idle)).toBe('pin is none of 0, 1, 2');
    expect(settingProblem(PIN.free, 3)).toBe('load is none of 0, 1, 2');
  });
});
