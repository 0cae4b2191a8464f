import { client } from '../api/client.js';

export const fetched = client;
