import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { type Changed, Streams } from '#platform/streams/streams.js';
import { ApiKeySecrets } from '../credentials/api-key-secrets.js';
import { apiKey, issueApiKey } from '../domain/api-key.js';

export interface IssuedApiKey extends Changed {
  /** The whole key; nobody can ever read it again. */
  readonly key: string;
}

export class IssueApiKey extends Command<IssuedApiKey> {
  constructor(
    readonly keyId: string,
    readonly input: { readonly name: string; readonly scopes: readonly string[] },
    readonly by: By,
  ) {
    super();
  }
}

/** Event first: there is no usable key that the log does not know of. */
@CommandHandler(IssueApiKey)
export class IssueApiKeyHandler implements ICommandHandler<IssueApiKey> {
  constructor(
    private readonly streams: Streams,
    private readonly secrets: ApiKeySecrets,
  ) {}

  async execute({ keyId, input, by }: IssueApiKey): Promise<IssuedApiKey> {
    const { workspaceId } = by;
    const holderId = by.actor.id;
    const issued = { keyId, workspaceId, holderId, ...input };
    const changed = await this.streams.change(apiKey, keyId, by, (state) => issueApiKey(state, issued));
    return { ...changed, key: await this.secrets.make(issued) };
  }
}
