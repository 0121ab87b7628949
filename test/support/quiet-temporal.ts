import { DefaultLogger, Runtime } from '@temporalio/worker';

/** Workers of tests report errors only: what they start and stop is not worth a reader's time. */
Runtime.install({ logger: new DefaultLogger('ERROR') });
