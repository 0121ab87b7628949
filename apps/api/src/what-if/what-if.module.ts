import { Logger, Module } from '@nestjs/common';
import { toldError } from '#libs/observability/told-error.js';
import { WhatIfDesk } from './what-if-desk.js';
import { WhatIfJobs } from './what-if-jobs.js';
import { WhatIfPages } from './what-if.pages.js';

/** What would change, asked before anything is published. */
@Module({
  controllers: [WhatIfPages],
  providers: [
    WhatIfDesk,
    {
      provide: WhatIfJobs,
      useFactory: () => {
        const logger = new Logger('what-if');
        return new WhatIfJobs((error) => logger.error(toldError(error)));
      },
    },
  ],
})
export class WhatIfModule {}
