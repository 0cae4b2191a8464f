import { Injectable } from '@nestjs/common';
import { JobHandler, type Processor } from '#platform/jobs/job.js';
import { ApiKeySecrets } from '../credentials/api-key-secrets.js';

const QUEUE = 'identity-destroy-api-key';

type DestroyApiKey = { readonly keyId: string };

/** Makes good a revocation whose command died before the key was destroyed. */
export const destroyApiKeys: Processor<DestroyApiKey> = {
  queue: QUEUE,
  on: { ApiKeyRevoked: (event) => ({ data: { keyId: (event.data as { keyId: string }).keyId } }) },
};

@Injectable()
export class DestroyApiKeyHandler extends JobHandler<DestroyApiKey> {
  readonly queue = QUEUE;

  constructor(private readonly secrets: ApiKeySecrets) {
    super();
  }

  run({ keyId }: DestroyApiKey): Promise<void> {
    return this.secrets.destroy(keyId);
  }
}
