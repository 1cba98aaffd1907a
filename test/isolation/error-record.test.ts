import { expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import { errorFrom, errorRecord } from '../../src/isolation/error-record.ts';

it('errorFrom() restores what errorRecord() kept of a foreseen error', () => {
  for (const hint of ['install one', undefined]) {
    const error = new GuestmarkError('environment', 'Cannot pick a device: none', hint ? { hint } : {});
    const restored = errorFrom(structuredClone(errorRecord(error)));
    expect(restored).toBeInstanceOf(GuestmarkError);
    expect(restored).toMatchObject({ code: 'environment', message: error.message, hint });
  }
});

it('errorFrom() gives a plain error for a defect, so that it is not mistaken for a foreseen one', () => {
  const restored = errorFrom(errorRecord(new TypeError('x is undefined')));
  expect(restored).not.toBeInstanceOf(GuestmarkError);
  expect(restored.message).toBe('x is undefined');
});

it('errorRecord() tells of the first error where closing failed after it', () => {
  const first = new GuestmarkError('vulkan', 'Cannot complete vkQueueSubmit: the device was lost');
  const joined = Object.assign(new Error('joined'), {
    name: 'SuppressedError',
    error: new Error('closing failed too'),
    suppressed: first,
  });
  expect(errorRecord(joined)).toMatchObject({ code: 'vulkan', message: first.message });
});
