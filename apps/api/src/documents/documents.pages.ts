import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { HttpException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { CaseReader } from '#libs/case-reading/case-reader.js';
import type { RefusedFile } from '#libs/documents/reasons.js';
import { REASONS } from '#libs/documents/reasons.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { found } from '../cases/case-problems.js';
import { OpenToGuests } from '../follow/open-to-guests.decorator.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { RequestId } from '../identity/request-id.decorator.js';
import type { Problem } from '../problems/problem.js';
import { DocumentDesk, isRefusal } from './document-desk.js';
import { CHOOSE, DOCUMENTS_DONE } from './document-words.js';
import { DocumentSection } from './document-section.js';
import { sendDocument } from './download.js';
import { TakesFiles } from './upload.js';
import type { UploadRequest } from './upload.js';

interface Said {
  done?: string;
  refused?: RefusedFile[];
  error?: string;
  status?: number;
}

const ADDED = 'added';

/** Documents of a case for people: a form of its own, so that no other answer is lost with a file. */
@ApiExcludeController()
@OpenToGuests()
@Controller('cases/:reference/documents')
export class DocumentsPages {
  constructor(
    private readonly desk: DocumentDesk,
    private readonly reader: CaseReader,
    private readonly section: DocumentSection,
  ) {}

  @Get()
  page(
    @Param('reference') reference: string,
    @Query('done') done: string | undefined,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    return this.show(reference, me, requestId, response, { ...(done && { done }) });
  }

  @Post()
  @TakesFiles()
  async add(
    @Param('reference') reference: string,
    @Req() request: UploadRequest,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    try {
      const { taken, refused } = await this.desk.add(reference, request, me.actor);
      if (!refused.length) return response.redirect(303, `/cases/${reference}/documents?done=${ADDED}`);
      await this.show(reference, me, requestId, response, {
        refused,
        status: 422,
        ...(taken.length && { done: ADDED }),
      });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await this.show(reference, me, requestId, response, saidOf(error));
    }
  }

  @Get(':id')
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
  async release(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    await this.step(reference, me, requestId, response, 'released', () =>
      this.desk.release(reference, id, { actor: me.actor, requestId }),
    );
  }

  @Post(':id/remove')
  async remove(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res() response: Response,
  ) {
    await this.step(reference, me, requestId, response, 'removed', () =>
      this.desk.remove(reference, id, { actor: me.actor, requestId }),
    );
  }

  private async step(
    reference: string,
    me: SignedIn,
    requestId: string,
    response: Response,
    done: string,
    act: () => Promise<void>,
  ) {
    try {
      await act();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return this.show(reference, me, requestId, response, saidOf(error));
    }
    response.redirect(303, `/cases/${reference}/documents?done=${done}`);
  }

  private async show(reference: string, { actor }: SignedIn, requestId: string, response: Response, said: Said) {
    const view = found(await this.reader.view(reference, actor, { door: 'documents', requestId }));
    const { done = '', refused = [], error = null, status = 200 } = said;
    response.status(status).render('documents/views/documents.njk', {
      title: 'Documents of this case',
      view,
      ...(await this.section.of(reference, actor, String(response.locals['lang']))),
      done: Object.hasOwn(DOCUMENTS_DONE, done) ? DOCUMENTS_DONE[done] : null,
      refused: refused.map(({ name, reason }) => ({ name, reason: REASONS[reason] })),
      error,
      dense: true,
    });
  }
}

/** What was wrong, in a sentence that the page has in every language. */
function saidOf(error: HttpException): Said {
  const { detail } = error.getResponse() as Problem;
  const status = error.getStatus();
  return { status, error: status === 400 ? CHOOSE : (detail ?? error.message) };
}
