import { take } from '../../frontend/src/lib/recorder/take.js';

export const shown = take;
