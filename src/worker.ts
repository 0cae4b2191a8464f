// The worker tier alone: the same program with ROLE=worker, for machines that only process.
process.env.ROLE = 'worker';
await import('./main.js');
