import type { MediaOwner } from '#modules/media/contract.js';
import type { CustomerCaller } from '../links/customer-caller.js';

/** What media call a request that their recordings belong to. Stored with every upload, so never renamed. */
export const REQUEST = 'recording_request';

export function ownerOf(requestId: string): MediaOwner {
  return { kind: REQUEST, id: requestId };
}

export function isCustomer(caller: object): caller is CustomerCaller {
  return (caller as Partial<CustomerCaller>).kind === 'customer';
}
