import { answer, api } from './client.js';
import { ApiProblem } from './problem.js';
import type { SessionView } from './types.js';

export const presentSession = (fetch?: typeof globalThis.fetch): Promise<SessionView> =>
  answer(api.GET('/api/v1/session', { fetch }));

/** @param workspace the slug of the one to enter, when an answer asked which */
export const signIn = (email: string, password: string, workspace?: string): Promise<SessionView> =>
  answer(api.POST('/api/v1/session', { body: { email, password, workspace } }));

export type WorkspaceToEnter = { slug: string; name: string };

/** The workspaces to choose from, when signing in was answered by asking which one. */
export function workspaceChoice(failure: unknown): WorkspaceToEnter[] | null {
  if (!(failure instanceof ApiProblem) || failure.code !== 'WORKSPACE_CHOICE') return null;
  return failure.details.workspaces as WorkspaceToEnter[];
}

export const signOut = (): Promise<void> => answer(api.DELETE('/api/v1/session'));

/** Every other browser is signed out. */
export const changePassword = (currentPassword: string, newPassword: string): Promise<void> =>
  answer(api.PUT('/api/v1/session/password', { body: { currentPassword, newPassword } }));
