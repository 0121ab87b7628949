import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'action48:public';

/** Marks a route that needs no sign-in; every other route does. */
export const Public = () => SetMetadata(PUBLIC, true);
