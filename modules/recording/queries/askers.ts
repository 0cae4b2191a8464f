import { Injectable } from '@nestjs/common';
import { IdentityQueries, type Workspace } from '#modules/identity/contract.js';

/** Who asks the customer: the workspace, and the agent's first name if a person asked. */
export interface Asker {
  readonly workspace: Workspace;
  readonly agentFirstName: string | null;
}

interface Kept {
  readonly asker: Promise<Asker>;
  readonly until: number;
}

const KEPT_MS = 10_000;
const MOST_KEPT = 1000;

/** Links are opened far more often than a workspace changes its name, so the answer is kept for some seconds. */
@Injectable()
export class Askers {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly identity: IdentityQueries) {}

  /** @throws Refusal `WORKSPACE_UNKNOWN` */
  async of(workspaceId: string, agentId: string | null): Promise<Asker> {
    const key = `${workspaceId} ${agentId}`;
    const known = this.kept.get(key);
    if (known && known.until > Date.now()) return known.asker;
    const asker = this.ask(workspaceId, agentId);
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(key, { asker, until: Date.now() + KEPT_MS });
    asker.catch(() => this.kept.delete(key));
    return asker;
  }

  private async ask(workspaceId: string, agentId: string | null): Promise<Asker> {
    const [workspace, names] = await Promise.all([
      this.identity.workspace(workspaceId),
      this.identity.memberNames(agentId ? [agentId] : []),
    ]);
    return { workspace, agentFirstName: (agentId && names.get(agentId)?.split(' ')[0]) || null };
  }
}
