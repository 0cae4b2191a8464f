import { list } from '../../lib/agent/list.js';

export const asked = list;
