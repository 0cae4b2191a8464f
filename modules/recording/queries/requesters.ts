import { Injectable } from '@nestjs/common';
import { IdentityQueries, type Workspace } from '#modules/identity/contract.js';

/** Who asks the customer: the workspace, and the agent's first name if a person asked. */
export interface Requester {
  readonly workspace: Workspace;
  readonly agentFirstName: string | null;
}

interface Kept {
  readonly requester: Promise<Requester>;
  readonly until: number;
}

const KEPT_MS = 10_000;
const MOST_KEPT = 1000;

/** Links are opened far more often than a workspace changes its name, so the answer is kept for some seconds. */
@Injectable()
export class Requesters {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly identity: IdentityQueries) {}

  /** @throws Refusal `WORKSPACE_UNKNOWN` */
  async of(workspaceId: string, agentId: string | null): Promise<Requester> {
    const key = `${workspaceId} ${agentId}`;
    const known = this.kept.get(key);
    if (known && known.until > Date.now()) return known.requester;
    const requester = this.look(workspaceId, agentId);
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(key, { requester, until: Date.now() + KEPT_MS });
    requester.catch(() => this.kept.delete(key));
    return requester;
  }

  private async look(workspaceId: string, agentId: string | null): Promise<Requester> {
    const [workspace, names] = await Promise.all([
      this.identity.workspace(workspaceId),
      this.identity.memberNames(agentId ? [agentId] : []),
    ]);
    return { workspace, agentFirstName: (agentId && names.get(agentId)?.split(' ')[0]) || null };
  }
}
