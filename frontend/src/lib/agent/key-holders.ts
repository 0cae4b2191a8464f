import type { Role } from '../api/types.js';

/** Whether keys that somebody with this role holds open anything: they may do what their holder may. */
export const mayHoldKeys = (role: Role) => role === 'owner' || role === 'admin';
