import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { REASONS } from '#libs/documents/reasons.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { OpenToGuests } from '../follow/open-to-guests.decorator.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { Answers, list, oneOf, pageOf, ref, shape, text } from '../openapi/schema.js';
import { DocumentDesk } from './document-desk.js';
import { refusedFiles } from './document-problems.js';
import { sendDocument } from './download.js';
import { TakesFiles } from './upload.js';
import type { UploadRequest } from './upload.js';

const FILES = { type: 'array', items: { type: 'string', format: 'binary' }, minItems: 1, maxItems: 10 };
/** A step that needs to be told nothing. */
const NO_FIELDS = { type: 'object', additionalProperties: false };
const REFUSED = shape<{ name: string; reason: string; detail: string }>({
  name: text,
  reason: oneOf(Object.keys(REASONS)),
  detail: text,
});

/** Documents of a case for programs. */
@ApiTags('cases')
@ApiBearerAuth()
@OpenToGuests()
@Controller('api/v1/cases/:reference/documents')
export class DocumentsController {
  constructor(private readonly desk: DocumentDesk) {}

  @Get()
  @ApiOperation({ operationId: 'listDocuments', summary: 'Documents of the case that the caller may read' })
  @Answers(200, 'The documents, oldest first', pageOf(ref('Document')))
  async list(
    @Param('reference') reference: string,
    @CurrentPerson() { actor }: SignedIn,
    @RequestId() requestId: string,
  ) {
    return { items: await this.desk.list(reference, { actor, requestId }), next: null };
  }

  @Post()
  @TakesFiles()
  @ApiOperation({
    operationId: 'addDocuments',
    summary: 'Adds files to the case',
    description:
      'PDF, Word (.docx) and plain text (UTF-8), by content; 10 MB a file, 10 files and 25 MB a case. What is right is ' +
      'taken and waits for the scanner; the rest is named with the reason. The same file sent again adds nothing.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['files'], properties: { files: FILES } } as never })
  @Answers(
    201,
    'The documents of the case now, and files that were not taken',
    shape<{ items: unknown; refused: unknown }>({ items: list(ref('Document')), refused: list(REFUSED) }),
  )
  async add(
    @Param('reference') reference: string,
    @Req() request: UploadRequest,
    @CurrentPerson() { actor }: SignedIn,
    @RequestId() requestId: string,
  ) {
    const { taken, refused } = await this.desk.add(reference, request, actor);
    if (!taken.length && refused.length) throw refusedFiles(refused);
    return {
      items: await this.desk.list(reference, { actor, requestId }),
      refused: refused.map((one) => ({ ...one, detail: REASONS[one.reason] })),
    };
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getDocument', summary: 'A document that was checked, to be kept' })
  @Answers(200, 'Its bytes, as what its content is')
  async one(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @CurrentPerson() { actor }: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    const { document, content } = await this.desk.open(reference, id, { actor, requestId });
    sendDocument(response, document, content);
  }

  @Post(':id/release')
  @HttpCode(200)
  @ApiBody({ schema: NO_FIELDS as never })
  @ApiOperation({ operationId: 'releaseDocument', summary: 'Lets those read it who work on the case; for its owner' })
  @Answers(200, 'The documents of the case now', pageOf(ref('Document')))
  async release(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @CurrentPerson() { actor }: SignedIn,
    @RequestId() requestId: string,
  ) {
    await this.desk.release(reference, id, { actor, requestId });
    return this.list(reference, { actor } as SignedIn, requestId);
  }

  @Post(':id/remove')
  @HttpCode(200)
  @ApiBody({ schema: NO_FIELDS as never })
  @ApiOperation({
    operationId: 'removeDocument',
    summary: 'Takes back what the caller has added: erased when nobody else has had it, else marked',
  })
  @Answers(200, 'The documents of the case now', pageOf(ref('Document')))
  async remove(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @CurrentPerson() { actor }: SignedIn,
    @RequestId() requestId: string,
  ) {
    await this.desk.remove(reference, id, { actor, requestId });
    return this.list(reference, { actor } as SignedIn, requestId);
  }
}
