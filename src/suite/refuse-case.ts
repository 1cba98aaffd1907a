// How a case is refused whose axis values make no sense for its benchmark: in one place, because that is found out
// when it is planned and again when it is prepared.
import { GuestmarkError } from '../base/errors.ts';

/** @throws GuestmarkError (usage) naming the case and what does not fit. */
export function refuseCase(id: string, state: string): never {
  const hint = 'choose other values with --axis or in brackets; `guestmark list` shows the planned ones';
  throw new GuestmarkError('usage', `Cannot run ${id}: ${state}`, { hint });
}
