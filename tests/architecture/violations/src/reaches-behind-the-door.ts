import { secret } from '../modules/beta/domain/secret.js';

export const reached = secret;
