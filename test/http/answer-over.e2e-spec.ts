import { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { Answering, COLLEAGUE, main } from '../support/answering.js';
import { mailedAnswer } from '../support/mailed-answer.js';

describe('the link of a mail', () => {
  let answering: Answering;
  beforeAll(async () => {
    answering = await Answering.start();
  }, 180_000);
  beforeEach(() => answering.again());
  afterAll(() => answering?.system.stop());

  describe('a link that is good for nothing any more', () => {
    const over = async (path = answering.mail.path) => {
      const [looked, sent] = [
        await answering.visit(path),
        await answering.answer('interested', {}, { ...answering.mail, path }),
      ];
      return [looked.status, sent.status];
    };

    it('says the same words whether it ever was one, and leads to the sign-in', async () => {
      await answering.system.dataSource.query(`UPDATE answer_token SET expires_at = now() - interval '1 day'`);
      const words = async (path: string) => main(await answering.visit(path, { headers: { 'accept-language': 'fr' } }));
      const never = `/answer/${'x'.repeat(43)}`;
      expect(await over(never)).toEqual([404, 404]);
      expect(await over()).toEqual([410, 410]);
      expect(await words(answering.mail.path)).toBe(await words(never));
      expect(await words(never)).toContain('href="/sign-in"');
      for (const strange of ['/answer/%00', '/answer/%F0%9F%92%A9', `/answer/${'x'.repeat(5000)}`])
        expect((await answering.visit(strange)).status).toBe(404);
    });

    it.each<[string, () => Promise<unknown>]>([
      ['the responder has answered elsewhere', () => answering.one.does('helvia', 'decline-invitation')],
      ['it has asked a question', () => answering.one.does('helvia', 'ask-question')],
      ['it has made an offer', () => answering.one.does('helvia', 'make-offer')],
      ['the State has excluded it', () => answering.one.does('bravia', 'exclude-party', { party: 'QMX' })],
      ['the State has withdrawn', () => answering.one.does('bravia', 'withdraw')],
      ['a colleague was named', () => answering.one.does('helvia', 'pass-on', { email: COLLEAGUE })],
    ])('is so once %s', async (_, happens) => {
      await happens();
      expect(await over()).toEqual([410, 410]);
    });

    it('is so once the account is disabled', async () => {
      const { id } = await answering.system.dataSource.manager.findOneByOrFail(Person, {
        email: 'legalaid@demo.action48.test',
      });
      const theirs = await mailedAnswer(answering.system, answering.one.reference, 'legalaid');
      await answering.system.call('admin', 'POST', `/api/v1/people/${id}/disable`, {
        reason: 'Left the organisation.',
      });
      expect((await answering.visit(theirs.path)).status).toBe(410);
      expect((await answering.answer('interested', {}, theirs)).status).toBe(410);
      await answering.system.call('admin', 'POST', `/api/v1/people/${id}/enable`, { reason: 'Came back.' });
      expect((await answering.visit(theirs.path)).status).toBe(410);
    });

    it('is so once the mail has been sent again, with a link of its own', async () => {
      const again = await mailedAnswer(answering.system, answering.one.reference, 'helvia');
      expect(again.path).not.toBe(answering.mail.path);
      expect(again.code).not.toBe(answering.mail.code);
      expect((await answering.answer('interested')).status).toBe(410);
      expect((await answering.answer('interested', {}, again)).status).toBe(200);
    });

    it('is none while another responder answers', async () => {
      await answering.one.does('legalaid', 'express-interest');
      expect((await answering.answer('decline')).status).toBe(200);
    });
  });

  it('is not offered by a mail whose reason has ended by the time it is sent', async () => {
    await answering.one.does('helvia', 'express-interest');
    const late = await mailedAnswer(answering.system, answering.one.reference, 'helvia');
    expect([late.path, late.code]).toEqual([`/cases/${answering.one.reference}`, null]);
  });

  it('goes on with the colleague to whom the request was passed on, and with nobody else', async () => {
    await answering.answer('pass_on');
    const { manager } = answering.system.dataSource;
    const [{ id }] = await manager.query('SELECT id FROM assistance_case WHERE reference = $1', [
      answering.one.reference,
    ]);
    const told = await manager.query(`SELECT recipient, kind FROM mail WHERE case_id = $1 AND kind = 'passed_on'`, [
      id,
    ]);
    expect(told).toEqual([{ recipient: COLLEAGUE, kind: 'passed_on' }]);
    expect(await manager.findBy(CaseEvent, { caseId: id, type: 'invitation_passed_on' })).toHaveLength(1);
  });
});
