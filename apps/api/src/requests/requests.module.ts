import { Module } from '@nestjs/common';
import { DraftDesk } from './draft-desk.js';
import { RequestDesk } from './request-desk.js';
import { RequestsController } from './requests.controller.js';
import { RequestsPages } from './requests.pages.js';

/** Opening requests, for programs and for people. */
@Module({ controllers: [RequestsController, RequestsPages], providers: [DraftDesk, RequestDesk] })
export class RequestsModule {}
