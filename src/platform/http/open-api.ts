import { Controller, Get, Injectable, type INestApplication } from '@nestjs/common';
import { ApiExcludeController, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { refuse } from '#kernel/refusal.js';
import { Access, SECURITY } from './access.js';
import { describeAccess } from './describe-access.js';
import { describeInputs } from './describe-inputs.js';
import { Permissions } from './permissions.js';

/** The application's OpenAPI document, described once all routes are known. */
@Injectable()
export class OpenApiDocument {
  private document: OpenAPIObject | null = null;

  constructor(private readonly permissions: Permissions) {}

  describe(app: INestApplication): OpenAPIObject {
    const operationIdFactory = (controller: string, method: string) =>
      `${controller.replace(/Controller$/, '')}.${method}`;
    describeInputs(app);
    this.document = SwaggerModule.createDocument(app, outline(), { operationIdFactory });
    describeAccess(this.document, this.permissions);
    return this.document;
  }

  read(): OpenAPIObject {
    return this.document ?? refuse('NOT_FOUND', 'There is no description of this API.', 'not_found');
  }
}

@ApiExcludeController()
@Controller('api/openapi.json')
export class OpenApiController {
  constructor(private readonly openApi: OpenApiDocument) {}

  @Get()
  @Access({ public: 'Describes the API; holds nothing of anybody.' })
  document(): OpenAPIObject {
    return this.openApi.read();
  }
}

function outline() {
  return new DocumentBuilder()
    .setTitle('Screendesk')
    .setDescription('Ask a customer to show the problem. Errors are problem documents (RFC 9457).')
    .setVersion('1')
    .setOpenAPIVersion('3.0.3')
    .addSecurity(SECURITY.session, { type: 'apiKey', in: 'cookie', name: '__Host-screendesk' })
    .addSecurity(SECURITY.apiKey, { type: 'http', scheme: 'bearer', description: 'sdk_…, made in the settings' })
    .addSecurity(SECURITY.capability, { type: 'http', scheme: 'bearer', description: 'cap_…, given for a link' })
    .addGlobalResponse({
      status: 'default',
      description: 'A problem document',
      content: { 'application/problem+json': { schema: problemSchema } },
    })
    .build();
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'correlationId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'A sentence for people' },
    code: { type: 'string', description: 'For machines, such as LINK_EXPIRED' },
    correlationId: { type: 'string', format: 'uuid' },
  },
};
