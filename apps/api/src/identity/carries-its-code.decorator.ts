import { SetMetadata } from '@nestjs/common';

export const CARRIES_ITS_CODE = 'action48:carries-its-code';

/**
 * Marks a form that is worth nothing without a code that no other site knows, on a page that sends no referrer: a browser
 * that then names no origin for it is not refused for that.
 */
export const CarriesItsCode = () => SetMetadata(CARRIES_ITS_CODE, true);
