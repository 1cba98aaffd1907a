// Starts to ask Vulkan for its devices, before the rest of a verb is loaded: the process that asks needs longer than that and
// everything else together.
import type { Available } from '../base/availability.ts';
import { loadPart } from '../base/load-part.ts';
import type { ListedDevice } from '../isolation/protocol.ts';

/** The devices, or why there are none to tell of. */
export type Listing = Promise<Available<readonly ListedDevice[]>>;

/** The devices are the same by all bindings, and this one is loaded in a fifth of the time that nvk takes. */
const BINDING = 'koffi';

/** Starts the process. What goes wrong is told to who awaits it, and to nobody where nobody does. */
export function startListing(): Listing {
  const listing = loadPart(import('./list-attached-devices.ts')).then(({ listAttachedDevices }) =>
    listAttachedDevices(BINDING),
  );
  listing.catch(() => undefined);
  return listing;
}
