import { Controller, Get, Injectable, type INestApplication } from '@nestjs/common';
import { ApiExcludeController, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { refuse } from '#kernel/refusal.js';
import { Access, SECURITY } from './access.js';
import { completeDocument } from './complete-document.js';
import { describeAccess } from './describe-access.js';
import { describeHeads } from './describe-heads.js';
import { describeInputs } from './describe-inputs.js';
import { Permissions } from './permissions.js';

/** The application's OpenAPI document, drawn when it is first asked for: it takes longer than many a start. */
@Injectable()
export class OpenApiDocument {
  private app?: INestApplication;
  private document?: OpenAPIObject;

  constructor(private readonly permissions: Permissions) {}

  describes(app: INestApplication): void {
    this.app = app;
  }

  read(): OpenAPIObject {
    if (!this.app) refuse('NOT_FOUND', 'There is no description of this API.', 'not_found');
    return (this.document ??= this.draw(this.app));
  }

  private draw(app: INestApplication): OpenAPIObject {
    const operationIdFactory = (controller: string, method: string) =>
      `${controller.replace(/Controller$/, '')}.${method}`;
    describeInputs(app);
    const described = SwaggerModule.createDocument(app, outline(), { operationIdFactory });
    describeAccess(described, this.permissions);
    describeHeads(described);
    return completeDocument(described);
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

const DESCRIPTION = `Ask a customer to show the problem. Errors are problem documents (RFC 9457).

Limits, lifetimes, codes and the order and ends of lists stand in docs/api.md.`;

const TAGS: Readonly<Record<string, string>> = {
  Session: 'Signing in and out with a browser.',
  Workspace: "The workspace's settings.",
  Members: 'Who works in the workspace.',
  'API keys': 'Credentials of programs.',
  'Recording requests': 'Asking a customer, and what became of it.',
  Recordings: 'What customers sent.',
  Live: 'What changes, as it happens.',
  Customer: "What the holder of a link may do. A customer has no account: the link's code buys a capability.",
  Uploads: 'tus 1.0, for any tus client that holds a capability.',
};

function outline() {
  const builder = new DocumentBuilder()
    .setTitle('Screendesk')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'Wherever this document came from')
    .addSecurity(SECURITY.session, { ...SESSION, type: 'apiKey', in: 'cookie', name: '__Host-screendesk' })
    .addSecurity(SECURITY.apiKey, { type: 'http', scheme: 'bearer', description: 'sdk_…, made in the settings' })
    .addSecurity(SECURITY.capability, { type: 'http', scheme: 'bearer', description: 'cap_…, given for a link' });
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const document = builder.build();
  document.info.contact = { name: 'Screendesk', url: 'https://screendesk.dev' };
  return document;
}

const SESSION = {
  description:
    'A signed-in browser. What changes something must have the Origin of the product itself. A page may say whom it ' +
    "shows as signed in: `Screendesk-Member`, the id of a member, and it is refused where the session is another's",
};
