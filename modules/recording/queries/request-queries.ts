import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { IdentityQueries } from '#modules/identity/contract.js';
import { Database } from '#platform/database/database.js';
import { pageOf, readCursor, type Page } from '#platform/http/cursor.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { openSealedFields, preloadKeys } from '#platform/streams/personal-data.js';
import type { KnownRequest, RequestStatus, RequestWords } from '../domain/recording-request.js';
import { BY_HAND } from '../contract.js';
import { REQUEST_LIST, type RequestRow } from '../projections/request-list.js';
import { ticketViewOf, type TicketView } from './ticket-view.js';

/** A request as agents and integrators see it. Words are null once they have been erased. */
export interface RequestView {
  readonly id: string;
  readonly status: RequestStatus;
  readonly customerName: string | null;
  readonly customerEmail: string | null;
  readonly message: string | null;
  readonly ticket: TicketView | null;
  readonly agent: { readonly id: string; readonly name: string | null } | null;
  readonly recordingId: string | null;
  /** Whether the customer did not press Send: what had arrived was handed over. */
  readonly interrupted: boolean;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastChangeAt: string;
  readonly version: number;
}

export interface RequestFilter {
  readonly ticket?: string;
  readonly connector?: string;
  readonly status?: RequestStatus;
  readonly cursor?: string;
  readonly limit: number;
}

interface Tables {
  [REQUEST_LIST]: RequestRow;
}

@Injectable()
export class RequestQueries {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly identity: IdentityQueries,
  ) {}

  /** Newest first. A request whose time is up reads as expired even before the worker has noted it. */
  async list(workspaceId: string, filter: RequestFilter): Promise<Page<RequestView>> {
    const branches = storedAs(filter.status).map((stored) => sql`(${this.branch(workspaceId, filter, stored)})`);
    const { rows } = await sql<ListedRow>`SELECT * FROM (${sql.join(branches, sql` UNION ALL `)}) AS branch
      ORDER BY created_at DESC, id DESC LIMIT ${filter.limit + 1}`.execute(this.database.of<Tables>());
    const page = pageOf(rows, filter.limit, (row) => [row.created_at.toISOString(), row.id]);
    return { items: await this.views(page.items), nextCursor: page.nextCursor };
  }

  /** The newest with one stored status: an index has them in this order, so that what there is besides makes no page slower. */
  private branch(workspaceId: string, { ticket, connector, cursor, limit }: RequestFilter, stored: Stored) {
    let query = this.rows(workspaceId)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (ticket) query = query.where('ticket_reference', '=', ticket);
    if (connector) query = query.where('ticket_connector', '=', connector);
    if (stored.status) query = query.where('status', '=', stored.status);
    if (stored.past !== undefined) query = query.where('expires_at', stored.past ? '<=' : '>', sql<Date>`now()`);
    if (!cursor) return query;
    const [at, id] = readCursor(cursor, ['time', 'uuid']);
    return query.where(sql<boolean>`(created_at, id) < (${at}::timestamptz, ${id}::uuid)`);
  }

  /** Null when this workspace has no such request. */
  async find(workspaceId: string, id: string): Promise<RequestView | null> {
    const rows = await this.rows(workspaceId).where('id', '=', id).execute();
    return (await this.views(rows))[0] ?? null;
  }

  /** A request as its own stream has it: what a command answers, without waiting for any row. */
  async ofState(id: string, state: KnownRequest, version: number): Promise<RequestView> {
    const names = await this.identity.memberNames(state.agentId ? [state.agentId] : []);
    const { requestedAt, submitted, ...request } = state;
    const moments = { createdAt: requestedAt, lastChangeAt: new Date().toISOString() };
    const { recordingId = null, interrupted = false } = submitted ?? {};
    return viewOf({ ...request, ...moments, id, recordingId, interrupted, version }, names);
  }

  private rows(workspaceId: string) {
    return this.database
      .of<Tables>()
      .selectFrom(REQUEST_LIST)
      .selectAll()
      .select(CURRENT_STATUS.as('status'))
      .where('workspace_id', '=', workspaceId);
  }

  private async views(rows: readonly RequestRow[]): Promise<RequestView[]> {
    await preloadKeys(
      this.keys,
      rows.map(({ words }) => words),
    );
    const agents = rows.map(({ agent_id }) => agent_id).filter((id) => id !== null);
    const names = await this.identity.memberNames([...new Set(agents)]);
    return Promise.all(rows.map((row) => this.view(row, names)));
  }

  private async view(row: RequestRow, names: ReadonlyMap<string, string>): Promise<RequestView> {
    const words = await openSealedFields<RequestWords & Record<string, unknown>>(this.keys, row.words);
    const moments = {
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      lastChangeAt: row.changed_at.toISOString(),
    };
    const { id, status, interrupted, version, ticket_reference: reference, agent_id: agentId } = row;
    const recordingId = status === 'received' ? row.recording_id : null;
    const ticket = reference === null ? null : { connector: row.ticket_connector ?? BY_HAND, reference };
    return viewOf({ ...words, ...moments, id, status, ticket, agentId, recordingId, interrupted, version }, names);
  }
}

type ListedRow = RequestRow & { readonly status: RequestStatus };

/** What is stored of a request whose status is asked for; `past`: whether its time must be up. */
interface Stored {
  readonly status?: RequestStatus;
  readonly past?: boolean;
}

/** The stored forms of what {@link CURRENT_STATUS} says; without a status, of everything. */
function storedAs(status: RequestStatus | undefined): Stored[] {
  if (status === 'sent' || status === 'opened') return [{ status, past: false }];
  if (status === 'expired') return [{ status }, { status: 'sent', past: true }, { status: 'opened', past: true }];
  return [{ status }];
}

const CURRENT_STATUS = sql<RequestStatus>`CASE WHEN status IN ('sent', 'opened') AND expires_at <= now() THEN 'expired' ELSE status END`;

type Facts = RequestWords &
  Pick<KnownRequest, 'status' | 'ticket' | 'agentId' | 'expiresAt'> &
  Pick<RequestView, 'id' | 'recordingId' | 'interrupted' | 'createdAt' | 'lastChangeAt' | 'version'>;

/** A request as it is shown, be it known from its row or from its stream. */
function viewOf(facts: Facts, names: ReadonlyMap<string, string>): RequestView {
  const { id, status, agentId, recordingId, interrupted } = facts;
  const { createdAt, expiresAt, lastChangeAt, version } = facts;
  return {
    id,
    status,
    customerName: facts.customerName ?? null,
    customerEmail: facts.customerEmail ?? null,
    message: facts.message ?? null,
    ticket: ticketViewOf(facts.ticket, facts),
    agent: agentId ? { id: agentId, name: names.get(agentId) ?? null } : null,
    recordingId,
    interrupted,
    createdAt,
    expiresAt,
    lastChangeAt,
    version,
  };
}
