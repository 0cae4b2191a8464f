import type { Ticket } from '../contract.js';
import type { RequestWords } from '../domain/recording-request.js';

/** A ticket as it is shown: which one, and what the agent said of it. */
export interface TicketView extends Ticket {
  readonly subject: string | null;
  readonly url: string | null;
}

export function ticketViewOf(ticket: Ticket | null | undefined, words: RequestWords): TicketView | null {
  if (!ticket) return null;
  const { connector, reference } = ticket;
  return { connector, reference, subject: words.ticketSubject ?? null, url: words.ticketUrl ?? null };
}
