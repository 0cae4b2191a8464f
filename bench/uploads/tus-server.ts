import { createServer } from 'node:http';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { announce } from './announce.js';

/** The tus project's own server on its own file store. */
const tus = new Server({ path: '/uploads', datastore: new FileStore({ directory: process.argv[2]! }) });
announce(createServer((request, response) => void tus.handle(request, response)));
