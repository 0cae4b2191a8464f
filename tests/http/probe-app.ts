import { Body, Controller, Get, Injectable, Param, Post, Put, Query, Req, Res, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { Type as Shape } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { Request, Response } from 'express';
import type { By } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import { type RecordedEvent, WrongExpectedVersion } from '#platform/event-store/event-store.js';
import { Access } from '#platform/http/access.js';
import { DeclaredPermissions } from '#modules/identity/http/declared-permissions.js';
import { Authenticator, bearerToken } from '#platform/http/authenticator.js';
import { BodyType } from '#platform/http/body-type.js';
import type { Caller } from '#platform/http/caller.js';
import { configureHttp, NEST_HTTP_OPTIONS } from '#platform/http/configure-http.js';
import { readCursor } from '#platform/http/cursor.js';
import { IfMatch } from '#platform/http/entity-tag.js';
import type { ReadinessCheck } from '#platform/http/health.js';
import { HttpModule } from '#platform/http/http.module.js';
import { defaultHttpSettings, type HttpSettings } from '#platform/http/http-settings.js';
import { IdempotencyKey } from '#platform/http/idempotency.js';
import { EventTooNew } from '#platform/streams/lift.js';
import { CurrentBy, CurrentCaller } from '#platform/http/request-context.js';
import { createLogger } from '#platform/telemetry/logger.js';
import { NestLogger } from '#platform/telemetry/nest-logger.js';

class Address {
  @IsString() @MaxLength(10) city!: string;
}
class Tag {
  @IsUUID() id!: string;
}
class Order {
  @IsString() name!: string;
  @IsInt() @Max(9) amount!: number;
  @ValidateNested() @Shape(() => Address) address!: Address;
  @IsArray() @ArrayMaxSize(3) @ValidateNested({ each: true }) @Shape(() => Tag) tags!: Tag[];
  @IsIn(['a', 'b'], { each: true }) @IsString({ each: true }) words!: string[];
  @IsOptional() @Length(1, 5) @Matches(/^x/) note?: string;
}
class Paging {
  @IsString() cursor!: string;
}

/** Every kind of answer the edge has to give, as one controller. */
@Controller('api/v1/probe')
export class ProbeController {
  @Get('public') @Access({ public: 'A probe.' }) open() {
    return { open: true };
  }
  @Get('agent') @Access({ permission: 'recordings.read' }) agent(@CurrentCaller() caller: Caller) {
    return caller;
  }
  @Post('agent') @Access({ permission: 'recordings.manage' }) act(@CurrentBy() by: By) {
    return by;
  }
  @Get('admin') @Access({ permission: 'members.manage' }) admin() {
    return {};
  }
  @Get('customer') @Access({ customer: true }) customer(@CurrentBy() by: By) {
    return by;
  }
  @Post('orders') @Access({ public: 'A probe.' }) order(@Body() order: Order) {
    return order;
  }
  @Get('page') @Access({ public: 'A probe.' }) page(@Query() { cursor }: Paging) {
    return readCursor(cursor, ['string', 'number']);
  }
  @Post('key') @Access({ public: 'A probe.' }) key(@IdempotencyKey() key: string | null, @IfMatch() version?: number) {
    return { key, version: version ?? null };
  }
  @Get('refusal/:kind') @Access({ public: 'A probe.' }) refusal(@Param('kind') kind: 'gone' | 'conflict') {
    refuse('LINK_EXPIRED', 'This link has expired.', kind, { receivedAt: 'then', status: 'spoofed' });
  }
  @Post('race') @Access({ public: 'A probe.' }) race() {
    throw new WrongExpectedVersion('member-1', 3, 4);
  }
  @Post('newer') @Access({ public: 'A probe.' }) newer() {
    throw new EventTooNew({ type: 'MemberAdded', schemaVersion: 9 } as RecordedEvent, 1);
  }
  @Get('bug') @Access({ public: 'A probe.' }) bug() {
    throw Object.assign(new Error('cannot reach ada@example.com with sdk_abc_def'), {
      body: { name: 'Ada' },
      detail: 'x',
    });
  }
  @Get('late-bug') @Access({ public: 'A probe.' }) late(@Res() response: Response) {
    response.write('begun');
    throw new Error('too late');
  }
}

/** Streams past every parser. */
@Controller('uploads')
export class RawController {
  @Put() @Access({ public: 'A probe.' }) @BodyType('*/*') async raw(@Req() request: Request) {
    let bytes = 0;
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    return { bytes, parsed: request.body !== undefined };
  }
}

/** `Bearer <JSON of a caller>`, base64url: proof enough for a probe. */
@Injectable()
export class ProbeAuthenticator extends Authenticator {
  async authenticate(request: Request): Promise<Caller | null> {
    const token = bearerToken(request);
    return token ? (JSON.parse(Buffer.from(token, 'base64url').toString()) as Caller) : null;
  }
}

export const asCaller = (caller: Caller) => `Bearer ${Buffer.from(JSON.stringify(caller)).toString('base64url')}`;

export interface Probe {
  readonly app: NestExpressApplication;
  /** The log's lines so far. */
  readonly lines: Record<string, unknown>[];
  readonly text: () => string;
}

export interface ProbeOptions {
  readonly settings?: Partial<HttpSettings>;
  readonly controllers?: Type[];
  readonly checks?: ReadinessCheck[];
}

/** A whole application around the probes, configured as the product is. */
export async function probeApp(options: ProbeOptions = {}): Promise<Probe> {
  const written: string[] = [];
  const logger = createLogger('info', { write: (line: string) => void written.push(line) });
  const settings = { ...defaultHttpSettings, publicUrl: new URL('https://desk.example'), ...options.settings };
  const http = HttpModule.forRoot({
    settings,
    authenticators: [ProbeAuthenticator],
    permissions: new DeclaredPermissions(),
    imports: [{ module: class Probes {}, providers: [ProbeAuthenticator], exports: [ProbeAuthenticator] }],
    readiness: options.checks,
  });
  const controllers = [ProbeController, RawController, ...(options.controllers ?? [])];
  const module = await Test.createTestingModule({ imports: [http], controllers }).compile();
  const app = module.createNestApplication<NestExpressApplication>({
    ...NEST_HTTP_OPTIONS,
    logger: new NestLogger(logger),
  });
  await configureHttp(app);
  await app.init();
  return {
    app,
    text: () => written.join(''),
    get lines() {
      return written.map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}
