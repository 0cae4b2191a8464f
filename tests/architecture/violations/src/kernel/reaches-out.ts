import '../platform/reaches-context.js';
