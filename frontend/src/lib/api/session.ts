import { answer, api } from './client.js';
import type { SessionView } from './types.js';

export const presentSession = (fetch?: typeof globalThis.fetch): Promise<SessionView> =>
  answer(api.GET('/api/v1/session', { fetch }));

export const signIn = (email: string, password: string): Promise<SessionView> =>
  answer(api.POST('/api/v1/session', { body: { email, password } }));

export const signOut = (): Promise<void> => answer(api.DELETE('/api/v1/session'));

/** Every other browser is signed out. */
export const changePassword = (currentPassword: string, newPassword: string): Promise<void> =>
  answer(api.PUT('/api/v1/session/password', { body: { currentPassword, newPassword } }));
