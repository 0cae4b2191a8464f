import { randomUUID } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { By } from '#kernel/event.js';
import { Progress } from '#platform/consumers/progress.js';
import { Access } from '#platform/http/access.js';
import { Answers, AnswersChange } from '#platform/http/api-answers.js';
import { describeChange, IfMatch } from '#platform/http/entity-tag.js';
import { IdParam } from '#platform/http/id-param.js';
import { idempotentId, IdempotencyKey } from '#platform/http/idempotency.js';
import { CurrentBy } from '#platform/http/request-context.js';
import { IssueApiKey } from '../commands/issue-api-key.js';
import { RevokeApiKey } from '../commands/revoke-api-key.js';
import { keyPrefix } from '../credentials/api-key-secrets.js';
import { apiKeyList } from '../projections/api-key-list.js';
import { ApiKeyQueries } from '../queries/api-key-queries.js';
import { ApiKeyPage, CreatedApiKeyView, NewApiKeyInput } from './api-key-messages.js';
import { ListInput } from './member-messages.js';

@ApiTags('API keys')
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly commands: CommandBus,
    private readonly keys: ApiKeyQueries,
    private readonly progress: Progress,
  ) {}

  @Get()
  @Access({ permission: 'api_keys.read' })
  @ApiOperation({ summary: 'List API keys', description: 'Newest first. Of a key only its beginning is known.' })
  @Answers(200, { type: ApiKeyPage })
  async list(@Query() { after, ...page }: ListInput, @CurrentBy() by: By): Promise<ApiKeyPage> {
    await this.progress.waitFor(apiKeyList.name, after, by.workspaceId);
    return this.keys.list(by.workspaceId, page);
  }

  @Post()
  @Access({ permission: 'api_keys.manage' })
  @ApiOperation({
    summary: 'Make an API key',
    description:
      'The whole key is in this answer and never again. A repeated Idempotency-Key cannot be answered again: it is refused.',
  })
  @AnswersChange(201, { type: CreatedApiKeyView })
  async issue(
    @Body() { name, scopes }: NewApiKeyInput,
    @IdempotencyKey() idempotencyKey: string | null,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreatedApiKeyView> {
    const route = 'POST /api/v1/api-keys';
    const id = idempotencyKey === null ? randomUUID() : idempotentId(by.workspaceId, route, idempotencyKey);
    const issued = await this.commands.execute(new IssueApiKey(id, { name, scopes }, by));
    describeChange(response, issued);
    const createdAt = new Date().toISOString();
    const holder = await this.keys.holderOf(by.actor.id);
    return { id, name, prefix: keyPrefix(id), scopes, holder, createdAt, lastUsedAt: null, key: issued.key };
  }

  /** The key opens nothing from now on. */
  @Delete(':id')
  @HttpCode(204)
  @Access({ permission: 'api_keys.manage' })
  @ApiOperation({ summary: 'Revoke an API key', description: 'It opens nothing from now on.' })
  @AnswersChange(204)
  async revoke(
    @Param('id', IdParam) id: string,
    @IfMatch() expected: number | undefined,
    @CurrentBy() by: By,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    describeChange(response, await this.commands.execute(new RevokeApiKey(id, by, { expected })));
  }
}
