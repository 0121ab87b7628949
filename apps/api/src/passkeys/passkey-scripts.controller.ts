import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { found } from '../cases/case-problems.js';
import { Public } from '../identity/public.decorator.js';
import { SCRIPTS } from './passkey-scripts.js';

const YEAR_SECONDS = 365 * 24 * 3_600;

/** Beside the style sheets, and kept by browsers like them. */
@ApiExcludeController()
@Public()
@Controller('assets/scripts')
export class PasskeyScriptsController {
  @Get(':name')
  script(@Param('name') name: string, @Res() response: Response) {
    const text = found(SCRIPTS.get(name) ?? null, 'script');
    response.setHeader('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`);
    return response.type('text/javascript').send(text);
  }
}
