import { CookieVisitor } from './cookie-visitor.js';
import { mailedCode } from './mailed-code.js';
import { requestForm } from './request-form.js';
import { TestSystem } from './system.js';

export const FOCAL = 'focal@bravia.example.test';
export const ALTERNATE = 'alternate@bravia.example.test';
export const OTHER_FOCAL = 'focal@aurelia.example.test';

/** A system with a request of each of two States, and whoever follows them without an account. */
export class Following {
  private constructor(
    readonly system: TestSystem,
    /** Bravia's. */
    readonly reference: string,
    /** Aurelia's, in French. */
    readonly other: string,
  ) {}

  static async start(): Promise<Following> {
    const system = await TestSystem.start({ settings: { LOG_LEVEL: 'error' } });
    const open = async (who: string, changes: Parameters<typeof requestForm>[0] = {}) =>
      (await system.call(who, 'POST', '/api/v1/requests', requestForm(changes))).body.reference as string;
    const focalPoint = { name: 'Ayo Mensah', email: OTHER_FOCAL };
    const alternateContact = { name: 'Afi Lawson', email: 'alternate@aurelia.example.test' };
    const other = { requestingState: 'QMA', language: 'fr', focalPoint, alternateContact } as const;
    return new Following(system, await open('bravia'), await open('aurelia', other));
  }

  /** As if nobody had asked for a code yet. */
  async forget(): Promise<void> {
    for (const table of ['follow_code', 'rate_limit']) await this.system.dataSource.query(`DELETE FROM ${table}`);
    await this.system.dataSource.query(`DELETE FROM mail WHERE kind = 'sign_in_code'`);
  }

  visitor = (): CookieVisitor => new CookieVisitor(this.system.url);
  ask = (who: CookieVisitor, email = FOCAL, reference = this.reference) => who.send('/follow', { reference, email });
  sent = (email = FOCAL) => mailedCode(this.system.dataSource, 'sign_in_code', email);
  enter = (who: CookieVisitor, code: string | null) => who.send('/follow/code', { code: code ?? '' });

  /** Somebody who has come in to Bravia's request. */
  async guest(email = FOCAL): Promise<CookieVisitor> {
    const who = this.visitor();
    await this.ask(who, email);
    expect((await this.enter(who, await this.sent(email))).status).toBe(303);
    return who;
  }
}
