import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { FAILURE_CONVERTER } from '#libs/temporal/data-converter.js';

/** Build step: the workflows in one file, so that a worker starts without bundling. */
const { code } = await bundleWorkflowCode({
  workflowsPath: resolve(import.meta.dirname, '../../../workflows/index.js'),
  failureConverterPath: FAILURE_CONVERTER,
  logger: new DefaultLogger('WARN'),
});
writeFileSync(resolve(import.meta.dirname, '../../../workflow-bundle.js'), code);
