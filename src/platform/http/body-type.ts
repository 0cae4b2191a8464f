import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiConsumes } from '@nestjs/swagger';
import type { Request, Response } from 'express';

const BODY_TYPE = 'screendesk:body-type';
const JSON_TYPE = 'application/json';

/**
 * Declares the type of body that a route takes, where it is not JSON.
 * @param checks the types that are let in, where the route itself looks closer
 */
export function BodyType(type: string, checks = type): MethodDecorator {
  return applyDecorators(SetMetadata(BODY_TYPE, checks), ApiConsumes(type));
}

/** Refuses a body of any other type than its route takes: unread, it would be lost without a word. */
@Injectable()
export class BodyTypeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const type = this.reflector.get<string | undefined>(BODY_TYPE, context.getHandler()) ?? JSON_TYPE;
    const [request, response] = [
      context.switchToHttp().getRequest<Request>(),
      context.switchToHttp().getResponse<Response>(),
    ];
    if (!hasBody(request) || type === '*/*' || request.is(type)) return true;
    response.setHeader('Accept', type);
    throw new UnsupportedMediaTypeException();
  }
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
