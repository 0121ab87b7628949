// What a command and a timer cost without us: the floor, and the way that most Temporal applications are written.
import { condition, defineQuery, defineUpdate, proxyActivities, setHandler, sleep } from '@temporalio/workflow';

const { commit } = proxyActivities({ startToCloseTimeout: '5 seconds' });

/** An update of the same name that does nothing: no activity, no database. */
export async function emptyWorkflow() {
  let count = 0;
  setHandler(defineUpdate('command'), () => (count += 1));
  setHandler(defineQuery('applied'), () => count);
  await condition(() => false);
}

/** The same steps with a regular activity: what a local one saves. */
export async function regularWorkflow(timerMs) {
  let rung = false;
  setHandler(defineUpdate('command'), () => commit());
  setHandler(defineQuery('rung'), () => rung);
  await sleep(timerMs);
  await commit();
  rung = true;
  await sleep('1 day');
}
