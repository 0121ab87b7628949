import { SetMetadata } from '@nestjs/common';
import type { DeploymentAction } from '#libs/domain/access/deployment-rights.js';

export const NEEDS = 'action48:needs';

/** A right over the deployment; or that there is anybody at all whose account somebody looks after. */
export type Needed = DeploymentAction | 'look-after-people';

/** What somebody must be allowed in the deployment to use a route, or every route of a controller; asked before anything is read. */
export const Needs = (action: Needed) => SetMetadata(NEEDS, action);
