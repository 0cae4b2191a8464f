import { startUploadApp } from '../../tests/media/uploads/support/upload-app.js';

/** Our upload path behind the product's own HTTP edge, log included, on disk storage and PostgreSQL. */
const [directory, databaseUrl] = process.argv.slice(2);
const app = await startUploadApp({ directory: directory!, databaseUrl: databaseUrl!, logLevel: 'info' });
process.send!({ port: Number(new URL(app.url).port) });
process.on('disconnect', () => process.exit());
