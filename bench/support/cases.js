// Cases of the benchmarks: opened in the case store itself, before anything is measured.
import { actorOf } from '#libs/case-store/actors.js';
import { CaseOpening } from '#libs/case-store/case-opening.js';
import { CaseStore } from '#libs/case-store/case-store.js';
import { CommandDesk } from '#libs/case-store/command-desk.js';
import { brokenAt, readLog } from '#libs/case-store/event-log.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import { demoForm } from '#libs/demo/demo-form.js';
import { CaseClient } from '#libs/temporal/case-client.js';
import { temporalClient } from '#libs/temporal/connection.js';
import { inParallel } from './load.js';

const NEEDS = ['drafting', 'penal_sanctions'];
const START_DEADLINE_MS = 30_000;

/** The case store of a system, spoken to without HTTP and without a workflow. */
export class Cases {
  constructor(system) {
    const { dataSource, place } = system;
    this.manager = dataSource.manager;
    this.store = new CaseStore(dataSource);
    this.desk = new CommandDesk(dataSource);
    this.opening = new CaseOpening(dataSource, this.store);
    this.temporal = temporalClient(place);
    this.client = new CaseClient(this.temporal, START_DEADLINE_MS, place.temporalTaskQueue);
  }

  async actor(mailbox) {
    const person = await this.manager.findOneByOrFail(Person, { email: `${mailbox}@demo.action48.test` });
    return actorOf(this.manager, person.id);
  }

  /** @param {readonly number[]} instants when each request comes in (epoch ms) @returns one case an instant, in their order */
  async open(instants) {
    const state = await this.manager.findOneByOrFail(State, { code: 'QMB' });
    const actor = await this.actor('bravia');
    const form = demoForm(state, NEEDS);
    const opened = [];
    await inParallel(4, instants.length, async (index) => {
      opened[index] = await this.opening.open({ form, actor, receivedAt: instants[index] });
    });
    // The worker's relay would start them as well, and before the clock has been set.
    await this.manager.query('UPDATE assistance_case SET workflow_started_at = now()');
    return opened;
  }

  /** What the workflow does with a command, without a workflow. */
  async act(mailbox, caseId, command, at = Date.now()) {
    const { personId } = await this.actor(mailbox);
    const { commandId } = await this.desk.receive(caseId, personId, `${caseId}-${command.verb}`, command, at);
    await this.store.apply(caseId, commandId, at);
  }

  start(opened, atOnce = 16) {
    return inParallel(atOnce, opened.length, async (index) => {
      await this.client.start({ caseId: opened[index].caseId, version: 1 });
    });
  }

  /** How many cases have a log whose chain of hashes does not hold. */
  async brokenChains(opened) {
    let broken = 0;
    await inParallel(4, opened.length, async (index) => {
      if (brokenAt(await readLog(this.manager, opened[index].caseId)) !== null) broken += 1;
    });
    return broken;
  }
}
