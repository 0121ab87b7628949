import { Logger } from '@nestjs/common';
import type { OurRequest } from './request.js';

const logger = new Logger('sign-in');

/** Notes that somebody was not let in: which person was tried, never an address or what was typed. */
export function noteRefused({ requestId }: OurRequest, what: string, personId: string | null): void {
  logger.warn(`${requestId} refused: ${what}, person ${personId ?? 'unknown'}`);
}
