import { take } from '../recorder/take.js';

export const list = [take];
