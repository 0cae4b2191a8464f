import { answer, api, once } from './client.js';
import type {
  ApiKeyView,
  CreatedApiKey,
  MemberView,
  NewApiKey,
  NewMember,
  Page,
  Role,
  WorkspaceSettings,
  WorkspaceView,
} from './types.js';

const longestPage = 100;
const guard = (version: number) => ({ 'If-Match': `"${version}"` });

export const getWorkspace = (): Promise<WorkspaceView> => answer(api.GET('/api/v1/workspace'));

/** What is left out stays as it is. */
export const changeWorkspace = (body: Partial<WorkspaceSettings>): Promise<WorkspaceView> =>
  answer(api.PATCH('/api/v1/workspace', { body }));

export const listMembers = (after?: string): Promise<MemberView[]> =>
  whole((cursor) => answer(api.GET('/api/v1/members', { params: { query: { limit: longestPage, cursor, after } } })));

/**
 * @param key the same for every attempt at adding one person
 * @returns the token to pass as `after`, so that the list asked next has seen it
 */
export async function addMember(body: NewMember, key: string): Promise<string | undefined> {
  return seen(await api.POST('/api/v1/members', { body, headers: once(key) }));
}

export async function changeRole({ id, version }: MemberView, role: Role): Promise<string | undefined> {
  const params = { path: { id } };
  return seen(await api.PATCH('/api/v1/members/{id}', { params, headers: guard(version), body: { role } }));
}

/**
 * Whatever else has changed about them meanwhile: they are to go.
 * @param keys what becomes of their API keys: `revoke`, or the id of who holds them from now on
 */
export async function removeMember({ id }: MemberView, keys?: string): Promise<string | undefined> {
  return seen(await api.DELETE('/api/v1/members/{id}', { params: { path: { id }, query: { keys } } }));
}

/** The API keys that a member holds. */
export async function keysOf(memberId: string): Promise<ApiKeyView[]> {
  return (await listApiKeys()).filter(({ holder }) => holder?.id === memberId);
}

export const resetPassword = (id: string, password: string): Promise<void> =>
  answer(api.PUT('/api/v1/members/{id}/password', { params: { path: { id } }, body: { password } }));

export const listApiKeys = (after?: string): Promise<ApiKeyView[]> =>
  whole((cursor) => answer(api.GET('/api/v1/api-keys', { params: { query: { limit: longestPage, cursor, after } } })));

/** @param key the same for every attempt at one creation */
export const createApiKey = (body: NewApiKey, key: string): Promise<CreatedApiKey> =>
  answer(api.POST('/api/v1/api-keys', { body, headers: once(key) }));

export async function revokeApiKey(id: string): Promise<string | undefined> {
  return seen(await api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } }));
}

const seen = ({ response }: { response: Response }) => response.headers.get('Screendesk-After') ?? undefined;

async function whole<T>(page: (cursor?: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined | null; cursor !== null;) {
    const { items: next, nextCursor } = await page(cursor);
    items.push(...next);
    cursor = nextCursor;
  }
  return items;
}
