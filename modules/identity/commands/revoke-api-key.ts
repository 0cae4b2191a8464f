import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { By } from '#kernel/event.js';
import { type Changed, type ChangeOptions, Streams } from '#platform/streams/streams.js';
import { ApiKeySecrets } from '../credentials/api-key-secrets.js';
import { apiKey, revokeApiKey } from '../domain/api-key.js';

/** In force with the key's next use. */
export class RevokeApiKey extends Command<Changed> {
  constructor(
    readonly keyId: string,
    readonly by: By,
    readonly options: ChangeOptions = {},
  ) {
    super();
  }
}

@CommandHandler(RevokeApiKey)
export class RevokeApiKeyHandler implements ICommandHandler<RevokeApiKey> {
  constructor(
    private readonly streams: Streams,
    private readonly secrets: ApiKeySecrets,
  ) {}

  async execute({ keyId, by, options }: RevokeApiKey): Promise<Changed> {
    const changed = await this.streams.change(
      apiKey,
      keyId,
      by,
      (state) => revokeApiKey(state, keyId, by.workspaceId),
      options,
    );
    await this.secrets.destroy(keyId);
    return changed;
  }
}
