import { SetMetadata } from '@nestjs/common';

export const OPEN_TO_GUESTS = 'action48:open-to-guests';

/** Marks a route that whoever follows one request by a code may use too; every other route is closed to them. */
export const OpenToGuests = () => SetMetadata(OPEN_TO_GUESTS, true);
