import { expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { openGuestConditions } from '../../src/guest/guest-conditions.ts';

it('keeps nothing awake where the CPUs are not known, and says why', async () => {
  using guest = openGuestConditions(unavailable('no /proc here'));
  expect(await guest.keepAwake()).toEqual(unavailable('no /proc here'));
});

it('gives up where one of the CPUs cannot be used', async () => {
  using guest = openGuestConditions(available([0, 4095]));
  expect(await guest.keepAwake()).toMatchObject({ available: false });
  expect(await guest.hog(4095)).toMatchObject({ available: false });
});
