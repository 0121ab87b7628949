// Lets the Temporal SDK download one of its servers into a folder: `node sdk-download.js <dev-server|time-skipping> <folder>`.
// A process of its own, because the SDK's native part stays in memory and knows no time limit.
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';

const [kind, downloadDir] = process.argv.slice(2);
const server = { executable: { type: 'cached-download', downloadDir } };

Runtime.install({ logger: new DefaultLogger('ERROR') });
try {
  const environment = await (kind === 'dev-server'
    ? TestWorkflowEnvironment.createLocal({ server })
    : TestWorkflowEnvironment.createTimeSkipping({ server }));
  await environment.teardown();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
