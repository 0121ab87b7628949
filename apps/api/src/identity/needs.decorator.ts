import { SetMetadata } from '@nestjs/common';
import type { DeploymentAction } from '#libs/domain/access/deployment-rights.js';

export const NEEDS = 'action48:needs';

/** What somebody must be allowed in the deployment to use a route, or every route of a controller; asked before anything is read. */
export const Needs = (action: DeploymentAction) => SetMetadata(NEEDS, action);
