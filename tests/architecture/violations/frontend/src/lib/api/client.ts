import { list } from '../agent/list.js';

export const client = list;
