import { Controller, Get, Header, NotFoundException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Config } from '#libs/config/config.js';
import { INTERFACE_LANGUAGES } from '#libs/i18n/translator.js';
import { Public } from '../identity/public.decorator.js';

const HALF_A_YEAR_MS = 182 * 24 * 3_600_000;

/** Whom to write to about a weakness (RFC 9116); nothing where the deployment names nobody. */
@ApiExcludeController()
@Controller('.well-known/security.txt')
export class SecurityTxtController {
  constructor(private readonly config: Config) {}

  @Public()
  @Get()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  securityTxt(): string {
    const { securityContact, publicUrl } = this.config;
    if (!securityContact) throw new NotFoundException('This deployment names no contact for security.');
    const languages = INTERFACE_LANGUAGES.map(({ code }) => code).join(', ');
    return [
      `Contact: ${securityContact}`,
      `Expires: ${new Date(Date.now() + HALF_A_YEAR_MS).toISOString()}`,
      `Preferred-Languages: ${languages}`,
      `Canonical: ${new URL('/.well-known/security.txt', publicUrl).href}`,
      '',
    ].join('\n');
  }
}
