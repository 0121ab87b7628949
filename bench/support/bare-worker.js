// Hosts the workflows of bare.workflow.js in a process of its own, with the settings of the real worker.
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Runtime } from '@temporalio/worker';
import { createCaseWorker } from '../../dist/apps/worker/src/case-worker.js';
import { writeFileSync } from 'node:fs';

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
const { code } = await bundleWorkflowCode({
  workflowsPath: join(import.meta.dirname, 'bare.workflow.js'),
  logger: new DefaultLogger('WARN'),
});
const bundle = join(process.env.BENCH_FOLDER, 'bare-bundle.js');
writeFileSync(bundle, code);
const place = {
  temporalAddress: process.env.TEMPORAL_ADDRESS,
  temporalNamespace: process.env.TEMPORAL_NAMESPACE,
  temporalTaskQueue: process.env.TEMPORAL_TASK_QUEUE,
};
const { worker, close } = await createCaseWorker(place, bundle, { commit: () => Promise.resolve(1) });
const stop = () => worker.getState() === 'RUNNING' && worker.shutdown();
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('disconnect', stop);
process.send('ready');
await worker.run();
await close();
process.exit(0);
