import { secret } from '../beta/domain/secret.js';

/** As if beta's private stream were there to be subscribed to. */
export const subscription = { stream: secret };
