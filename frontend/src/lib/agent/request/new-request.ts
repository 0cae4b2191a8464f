import type { NewRequest } from '../../api/types.js';

/** What an agent types; everything may stay empty. */
export type RequestWords = {
  customerName: string;
  customerEmail: string;
  message: string;
  reference: string;
  subject: string;
  url: string;
  expiresInHours: number;
};

export const noWords = (): RequestWords => ({
  customerName: '',
  customerEmail: '',
  message: '',
  reference: '',
  subject: '',
  url: '',
  expiresInHours: 72,
});

/** As the server asks it: an address that is none costs the request its address, never the request. */
const isWebAddress = (text: string) =>
  !/\s/.test(text) && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
const told = <T extends object>(parts: T) => Object.fromEntries(Object.entries(parts).filter(([, value]) => value));

/** What the API is sent: no empty parts, and no ticket without its reference. */
export function newRequest(words: RequestWords): NewRequest {
  // By characters, as the server counts: half of one would be refused.
  const text = (value: string, longest: number) => [...value.trim().toWellFormed()].slice(0, longest).join('');
  const reference = text(words.reference, 100);
  const url = text(words.url, 2000);
  return {
    ...told({
      customerName: text(words.customerName, 200),
      customerEmail: text(words.customerEmail, 254),
      message: text(words.message, 2000),
    }),
    ...(reference && {
      ticket: { reference, ...told({ subject: text(words.subject, 300), url: isWebAddress(url) ? url : '' }) },
    }),
    expiresInHours: words.expiresInHours,
  };
}
