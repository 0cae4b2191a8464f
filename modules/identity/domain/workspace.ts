import type { DomainEvent } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import type { StreamDefinition } from '#kernel/stream.js';
import { unreachable } from '#kernel/unreachable.js';
import type { AbandonedPolicy } from '../contract.js';

export interface WorkspaceSettings {
  readonly name: string;
  readonly accent: string | null;
  readonly abandonedPolicy: AbandonedPolicy;
  readonly retentionDays: number;
}

export type WorkspaceEvent =
  | DomainEvent<'WorkspaceCreated', { workspaceId: string; slug: string; region: string } & WorkspaceSettings>
  | DomainEvent<'WorkspaceSettingsChanged', { workspaceId: string } & Partial<WorkspaceSettings>>;

export type WorkspaceState =
  | { readonly status: 'unknown' }
  | ({ readonly status: 'open'; readonly slug: string; readonly region: string } & WorkspaceSettings);

export const workspace: StreamDefinition<WorkspaceState, WorkspaceEvent> = {
  category: 'workspace',
  initial: { status: 'unknown' },
  evolve(state, event) {
    switch (event.type) {
      case 'WorkspaceCreated': {
        // Named one by one: there are logs in which more stands than belongs there.
        const { slug, region, name, accent, abandonedPolicy, retentionDays } = event.data;
        return { status: 'open', slug, region, name, accent, abandonedPolicy, retentionDays };
      }
      case 'WorkspaceSettingsChanged': {
        const { workspaceId: _, ...changed } = event.data;
        return state.status === 'open' ? { ...state, ...changed } : state;
      }
      default:
        return unreachable(event);
    }
  },
};

export type OpenWorkspace = Extract<WorkspaceState, { status: 'open' }>;

/** @throws Refusal `WORKSPACE_UNKNOWN` */
export function knownWorkspace(state: WorkspaceState): OpenWorkspace {
  return state.status === 'open' ? state : refuse('WORKSPACE_UNKNOWN', 'There is no such workspace.', 'not_found');
}

const DEFAULTS = { accent: null, abandonedPolicy: 'discard', retentionDays: 90 } as const;

export function createWorkspace(
  state: WorkspaceState,
  { workspaceId, slug, region, name }: { workspaceId: string; slug: string; region: string; name: string },
): WorkspaceEvent[] {
  if (state.status === 'unknown')
    return [{ type: 'WorkspaceCreated', data: { ...DEFAULTS, workspaceId, slug, region, name } }];
  if (state.slug === slug) return [];
  return refuse('WORKSPACE_EXISTS', 'Another workspace already has this id.');
}

/** Records only what really changes; nothing when nothing does. */
export function changeWorkspaceSettings(
  state: WorkspaceState,
  workspaceId: string,
  wanted: Partial<WorkspaceSettings>,
): WorkspaceEvent[] {
  const present = knownWorkspace(state);
  const names = Object.keys(wanted) as (keyof WorkspaceSettings)[];
  const changed = names.filter((name) => wanted[name] !== undefined && wanted[name] !== present[name]);
  if (changed.length === 0) return [];
  const data = { workspaceId, ...Object.fromEntries(changed.map((name) => [name, wanted[name]])) };
  return [{ type: 'WorkspaceSettingsChanged', data }];
}
