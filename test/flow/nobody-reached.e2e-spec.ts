import { MailComposer } from '#libs/mail/composer.js';
import { OPEN_GATE } from '#libs/mail/gate.js';
import { MailLedger } from '#libs/mail/ledger.js';
import { smtpTransport } from '#libs/mail/transport.js';
import { Pump } from '../../apps/mailer/src/pump.js';
import { requestForm } from '../support/request-form.js';
import { letWaitingGo } from '../support/mail-rows.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { TestSystem } from '../support/system.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

const SENDER = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32).toString('base64'),
};
const [FOCAL = '', ALTERNATE = '', MISSION = ''] = ['focal', 'alternate', 'mission'].map(
  (name) => `${name}@bravia.example.test`,
);

describe('a State none of whose addresses takes mail', () => {
  let system: TestSystem;
  let sink: SmtpSink;
  let pump: Pump;
  let reference: string;
  /** Addresses that the server was asked about, in order. */
  const asked: string[] = [];
  let refused = [FOCAL, ALTERNATE, MISSION];

  beforeAll(async () => {
    [system, sink] = await Promise.all([TestSystem.start(), SmtpSink.start()]);
    sink.behave = (step, recipient) => {
      if (step === 'rcpt') asked.push(recipient);
      return step === 'rcpt' && refused.includes(recipient) ? { code: 550, text: 'no such user' } : 'accept';
    };
    const { dataSource } = system;
    const composer = new MailComposer(dataSource.manager, SENDER);
    pump = new Pump(new MailLedger(dataSource), smtpTransport(sink.url), composer, OPEN_GATE, () => undefined);
    pump.start();
    reference = (await system.call('coordinator', 'POST', '/api/v1/requests', loggedForm())).body.reference;
    await system.step('coordinator', reference, 'take');
  });
  afterAll(async () => {
    await pump.stop();
    await sink.stop();
    await system.stop();
  });

  /** Logged by a coordinator, so that nobody of the State has an account on the case. */
  const loggedForm = () => requestForm({ channel: 'coordinator_logged', receivedAt: new Date().toISOString() });
  const inQueue = async () => {
    const { body } = await system.call('coordinator', 'GET', '/api/v1/cases?queue=mine');
    return body.items.find((one: { reference: string }) => one.reference === reference);
  };
  const toCall = async (who: string) => (await system.call(who, 'GET', '/api/v1/cases?queue=to_call')).body.items;
  const caseAs = async (who: string) => (await system.call(who, 'GET', `/api/v1/cases/${reference}`)).body;
  const askedAbout = (address: string) => asked.filter((one) => one === address).length;

  it('has its focal point, alternate contact and mission tried once, and then stands in the owner’s queue to be called', async () => {
    await until('the call is due', async () => (await inQueue())?.nextStep === 'Call the State');
    expect(await inQueue()).toMatchObject({ awaiting: 'coordinator' });
    const told = () => sink.mails.filter(({ to }) => to.includes('coordinator@demo.action48.test'));
    const saying = (words: RegExp) => told().filter(({ parsed }) => words.test(parsed.subject ?? ''));
    // Receipt, and to the second and third why they are written to, once they are at work.
    await until('everybody has been tried and the owner told', async () => {
      await letWaitingGo(system.dataSource);
      const tried = [FOCAL, ALTERNATE, MISSION].map(askedAbout);
      return tried.join() === '1,2,2' && saying(/please call/).length && saying(/a mail has not arrived/).length >= 3;
    });
    expect(saying(/a mail has not arrived/)).toHaveLength(3);
    for (const { raw } of told()) for (const address of refused) expect(raw).not.toContain(address);
  });

  it('shows the owner whom it could not reach, why and since when, and the State itself nothing of it', async () => {
    const { contacts, nextActions } = await caseAs('coordinator');
    expect(nextActions).toContain('log-contact');
    expect(contacts).toMatchObject([
      {
        side: 'requester',
        callDue: true,
        contacts: [
          { rung: 'focal_point', name: 'Mwila Banda', status: 'left', because: 'refused' },
          { rung: 'alternate', name: 'Chanda Phiri', status: 'left', because: 'refused' },
          { rung: 'mission', name: 'Mutale Zulu', status: 'left', because: 'refused' },
        ],
      },
    ]);
    expect(await caseAs('bravia')).toMatchObject({ contacts: null, nextStep: null });
    const timeline = await system.call('bravia', 'GET', `/api/v1/cases/${reference}/timeline`);
    expect(JSON.stringify(timeline.body)).not.toMatch(/contact_unreachable|call_due/);
    const lead = (await caseAs('lead')).contacts[0];
    expect(lead).toMatchObject({ callDue: true, contacts: [{ name: null }, { name: null }, { name: null }] });
  });

  it('stands among the calls with its side and since when, for everybody who works on cases, and is its owner’s to make', async () => {
    const call = { side: 'requester', organisation: null, since: expect.stringMatching(/Z$/), yours: true };
    expect(await toCall('coordinator')).toMatchObject([{ reference, calls: [call] }]);
    expect(await toCall('coordinator2')).toMatchObject([{ reference, calls: [{ ...call, yours: false }] }]);
    expect(await toCall('lead')).toMatchObject([{ reference, calls: [call] }]);
    for (const who of ['bravia', 'legalaid', 'president', 'admin']) expect(await toCall(who)).toEqual([]);
    const { body } = await system.call('bravia', 'GET', '/api/v1/cases');
    expect(body.items).toMatchObject([{ reference, calls: [] }]);
  });

  it('is listed on the page of calls without a name or a number, with the way to its contacts and to log the call', async () => {
    const pageOf = async (who: string) => (await system.call(who, 'GET', '/queue?queue=to_call')).body as string;
    const own = await pageOf('coordinator');
    expect(own).toMatch(/href="\/queue\?queue=to_call" aria-current="page"><span>To call<\/span> <b>1<\/b>/);
    expect(own).toMatch(new RegExp(`To call:</b> The State, since .*href="/cases/${reference}#contacts"`));
    expect(own).toContain(`href="/cases/${reference}/log-contact?reached=requester"`);
    expect(own).not.toMatch(/Mwila Banda|Chanda Phiri|Mutale Zulu|example\.test|\+\d{6}/);
    const other = await pageOf('coordinator2');
    expect(other).toContain(`href="/cases/${reference}#contacts"`);
    expect(other).not.toContain('/log-contact');
    expect(await pageOf('president')).toContain('Nobody has to be called.');
    expect((await system.call('coordinator', 'GET', '/queue/cases.csv?queue=to_call')).body).toMatch(
      /,to_call\r\n.*,Bravia\r\n$/,
    );
    const form = (await system.call('coordinator', 'GET', `/cases/${reference}/log-contact?reached=requester`)).body;
    expect(form).toMatch(/value="requester" selected|value="requester" checked/);
  });

  it('is named on the pages of the case and of the queue, with the way to log the call', async () => {
    const page = async (who: string, path: string): Promise<string> => (await system.call(who, 'GET', path)).body;
    const console = await page('coordinator', `/cases/${reference}`);
    for (const words of [
      'Who can be reached',
      'Nobody can be reached by mail: please call.',
      'Alternate contact',
      'the address refuses mail',
      'Call the State',
      'A contact cannot be reached',
    ])
      expect(console).toContain(words);
    expect(console).toMatch(new RegExp(`class="govuk-button"[^>]*href="/cases/${reference}/log-contact"`));
    expect(await page('coordinator', '/queue?queue=mine')).toContain('Call the State');
    const form = await page('coordinator', `/cases/${reference}/log-contact`);
    expect(form).toContain('Whom you have reached');
    const state = await page('bravia', `/cases/${reference}`);
    expect(state).not.toMatch(/Who can be reached|A contact cannot be reached|Call the State/);
  });

  it('is written to as at the beginning once the owner has reached it', async () => {
    refused = [];
    const contact = { with: 'The mission', means: 'call', text: 'Their mail works again.' };
    expect(
      (await system.step('coordinator', reference, 'log-contact', { ...contact, reached: 'nobody' })).body,
    ).toMatchObject({
      code: 'unknown_subject',
    });
    const { body } = await system.step('coordinator', reference, 'log-contact', { ...contact, reached: 'requester' });
    expect(body.nextStep).toBe('Acknowledge');
    expect(await toCall('coordinator')).toEqual([]);
    expect(body.contacts[0].contacts[0]).toMatchObject({ status: 'written_to', since: null });
    await system.step('coordinator', reference, 'acknowledge', { message: 'We have it.' });
    await until('the focal point has it', () => sink.to(FOCAL).length);
    expect(sink.to(ALTERNATE)).toEqual([]);
  });
});
