import { SetMetadata } from '@nestjs/common';

export const READS_ITS_FORM = 'action48:reads-its-form';

/**
 * The form of a route is read only once it is known who sends it (files): the session guard looks at where the request
 * comes from, and the token in the form is for whoever reads the form to check. Only `TakesFiles` uses it.
 */
export const ReadsItsForm = () => SetMetadata(READS_ITS_FORM, true);
