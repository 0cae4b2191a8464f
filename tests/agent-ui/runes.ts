/// <reference types="svelte" />
/** Runes as plain values: where no page is drawn, nothing has to be drawn anew. Import it before what uses them. */
const plain = <T>(value: T) => value;
Object.assign(globalThis, { $state: Object.assign(plain, { raw: plain }) });
