import type { Verb } from '#libs/domain/case/commands/index.js';
import type { RequestForm } from '#libs/domain/case/request-form.js';
import { COMMAND_BODIES } from './command-bodies.js';
import { requestForm } from './request-form.js';
import type { TestSystem } from './system.js';

/** The usual way of a case, for as long as it is followed: who does what, with the body of `COMMAND_BODIES`. */
const WAY: readonly [stage: string, who: string, verb: Verb][] = [
  ['submitted', 'coordinator', 'acknowledge'],
  ['verification', 'coordinator', 'verify'],
  ['triage', 'coordinator', 'take'],
  ['triage', 'coordinator', 'triage'],
  ['consent', 'coordinator', 'request-consent'],
  ['consent', 'bravia', 'give-consent'],
  ['circulated', 'coordinator', 'circulate'],
  ['circulated', 'helvia', 'express-interest'],
  ['matching', 'legalaid', 'make-offer'],
  ['matching', 'bravia', 'accept-offer'],
  ['planned', 'coordinator', 'agree-plan'],
];

/** One case driven over HTTP as a program would. */
export class HttpCase {
  private constructor(
    private readonly system: TestSystem,
    readonly reference: string,
  ) {}

  /** Opens a case of Bravia and follows the usual way until it has done `last`. */
  static async after(system: TestSystem, last: Verb | 'open', changes: Partial<RequestForm> = {}): Promise<HttpCase> {
    const { status, body } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm(changes));
    expect({ status, detail: body.detail }).toEqual({ status: 201 });
    const one = new HttpCase(system, body.reference as string);
    const steps = WAY.slice(0, WAY.findIndex(([, , verb]) => verb === last) + 1);
    const needTypes = requestForm(changes).needTypes;
    for (const [, who, verb] of steps) {
      const offers = verb === 'accept-offer' ? (await one.seenBy(who)).offers : [];
      await one.does(who, verb, {
        ...(verb === 'triage' && { needTypes }),
        ...(verb === 'accept-offer' && { offerId: offers[0].id }),
      });
    }
    return one;
  }

  /** A step that must succeed; answers with the case as its sender sees it. */
  async does(who: string, verb: Verb, changes: object = {}) {
    const answer = await this.tries(who, verb, changes);
    expect({ verb, status: answer.status, detail: answer.body.detail }).toEqual({ verb, status: 200 });
    return answer.body;
  }

  /** A step, whatever comes of it. */
  tries(who: string, verb: Verb, changes: object = {}) {
    return this.system.step(who, this.reference, verb, { ...COMMAND_BODIES[verb], ...changes });
  }

  get(who: string, part = '') {
    return this.system.call(who, 'GET', `/api/v1/cases/${this.reference}${part}`);
  }

  async seenBy(who: string) {
    const { status, body } = await this.get(who);
    expect(status).toBe(200);
    return body;
  }
}
