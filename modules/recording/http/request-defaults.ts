import type { By } from '#kernel/event.js';
import type { NewRequest } from '../domain/request-decisions.js';
import type { RecordingRequestInput } from './request-input.js';

const HOUR_MS = 3_600_000;
const DAYS_3 = 72;

/** What an agent who says nothing more asks for: screen and voice, three days, half an hour at the most. */
export function newRequestOf(input: RecordingRequestInput, by: By, at: Date): NewRequest {
  const { customerName, customerEmail, message, ticket, options, expiresInHours = DAYS_3 } = input;
  return {
    customerName,
    customerEmail,
    message,
    ticketSubject: ticket?.subject,
    ticketUrl: ticket?.url,
    agentId: by.actor.kind === 'member' ? by.actor.id : null,
    ticketReference: ticket?.reference ?? null,
    requestedAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + expiresInHours * HOUR_MS).toISOString(),
    options: {
      microphone: options?.microphone ?? 'optional',
      camera: options?.camera ?? true,
      systemAudio: options?.systemAudio ?? true,
      maxDurationMs: options?.maxDurationMs ?? HOUR_MS / 2,
    },
  };
}
