import { BY_HAND } from '../contract.js';
import type { By } from '#kernel/event.js';
import type { NewRequest } from '../domain/request-decisions.js';
import type { RecordingRequestInput } from './request-input.js';

const HOUR_MS = 3_600_000;
const USUAL_HOURS = 72;

/** When a link given out now stops working. */
export function expiryOf(hours: number | null | undefined, at: Date): string {
  return new Date(at.getTime() + (hours ?? USUAL_HOURS) * HOUR_MS).toISOString();
}

/** What an agent who says nothing more asks for: screen and voice, three days, half an hour at the most. */
export function newRequestOf(input: RecordingRequestInput, by: By, at: Date): NewRequest {
  const { customerName, customerEmail, message, ticket, options, expiresInHours } = input;
  return {
    customerName,
    customerEmail,
    message,
    ticketSubject: ticket?.subject,
    ticketUrl: ticket?.url,
    agentId: by.actor.kind === 'member' ? by.actor.id : null,
    ticket: ticket ? { connector: ticket.connector ?? BY_HAND, reference: ticket.reference } : null,
    requestedAt: at.toISOString(),
    expiresAt: expiryOf(expiresInHours, at),
    options: {
      microphone: options?.microphone ?? 'optional',
      camera: options?.camera ?? true,
      systemAudio: options?.systemAudio ?? true,
      maxDurationMs: options?.maxDurationMs ?? HOUR_MS / 2,
    },
  };
}
