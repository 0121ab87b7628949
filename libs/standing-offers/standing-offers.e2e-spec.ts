import { DataSource } from 'typeorm';
import { advanceClock, productNow } from '#libs/case-store/product-time.js';
import { AdminEvent } from '#libs/database/entities/admin-event.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { civilDate, plusDays, plusMonths } from '#libs/domain/calendar/civil.js';
import { MailSequences } from '#libs/mail-sequences/mail-sequences.js';
import { createTestDatabase } from '../../test/support/database.js';
import { actor, idOf, organisationId, seedPeople } from '../../test/support/people.js';
import type { OfferFacts } from './offer-facts.js';
import { OfferList } from './offer-list.js';
import { StandingOffers } from './standing-offers.js';

const SETTINGS = { mailFrom: 'no-reply@action48.test', secretsKey: Buffer.alloc(32).toString('base64') };
const PROVIDER = idOf('person:legalaid');

describe('standing offers', () => {
  let dataSource: DataSource;
  let offers: StandingOffers;
  let list: OfferList;
  let sequences: MailSequences;
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedPeople(dataSource);
    offers = new StandingOffers(dataSource);
    list = new OfferList(dataSource);
    sequences = new MailSequences(dataSource, SETTINGS);
  }, 60_000);
  afterEach(async () => {
    for (const table of ['mail_event', 'mail', 'standing_offer']) await dataSource.query(`DELETE FROM ${table}`);
  });
  afterAll(() => dataSource.destroy());

  const today = async () => civilDate(await productNow(dataSource.manager), 'Europe/Zurich');
  const inDays = async (days: number) => plusDays(await today(), days);
  const facts = async (changes: Partial<OfferFacts> = {}): Promise<OfferFacts> => ({
    organisationId: organisationId('legalaid'),
    needTypes: ['drafting'],
    legalSystems: ['civil'],
    languages: ['fr'],
    regions: [],
    states: [],
    modalities: ['remote'],
    funding: false,
    capacityPerYear: 3,
    leadTimeDays: 20,
    conditions: '',
    contactName: 'Ana Lopes',
    contactEmail: 'Ana@legalaid.test',
    public: true,
    validUntil: await inDays(200),
    ...changes,
  });
  const add = async (changes: Partial<OfferFacts> = {}) => offers.add(PROVIDER, await facts(changes));
  const pass = (days: number) => advanceClock(dataSource.manager, days * 86_400_000);
  const mails = () => dataSource.manager.find(Mail, { order: { id: 'ASC' } });
  const send = () => dataSource.query(`UPDATE mail SET state = 'sent' WHERE state = 'due'`);

  it('are seen by everybody, without their contact, unless their provider keeps them back', async () => {
    const [open, hidden] = [await add(), await add({ public: false })];
    const ids = async (who: string) => (await list.page(actor(who), { limit: 10 })).map(({ id }) => id);
    expect(await ids('focalPoint')).toEqual([open]);
    expect(await ids('legalaid')).toEqual([hidden, open]);
    expect(await ids('coordinator')).toEqual([hidden, open]);
    expect((await list.find(actor('focalPoint'), open))?.contact).toBeNull();
    expect((await list.find(actor('isu'), open))?.contact).toEqual({ name: 'Ana Lopes', email: 'ana@legalaid.test' });
    expect(await list.find(actor('coalition'), hidden)).toBeNull();
  });

  it('hold for twelve months at most, and every wrong field is named', async () => {
    const last = plusMonths(await today(), 12);
    await add({ validUntil: last });
    const late = add({ validUntil: plusDays(last, 1) });
    await expect(late).rejects.toMatchObject({ fields: [{ field: 'validUntil', values: { last } }] });
    const wrong = add({
      ...{ needTypes: [], languages: ['xx'], states: ['QMB', 'XXX'], capacityPerYear: 0, leadTimeDays: 1.5 },
      ...{ contactEmail: 'nobody', regions: ['Nowhere'], validUntil: '2027-02-30', contactName: ' ' },
    });
    await expect(wrong).rejects.toMatchObject({
      fields: [
        ...['needTypes', 'languages', 'regions', 'states', 'capacityPerYear', 'leadTimeDays', 'contactName'],
        ...['contactEmail', 'validUntil'],
      ].map((field) => ({ field })),
    });
  });

  it('are made and changed by their provider’s responders and by those who work on cases, and by nobody else', async () => {
    await expect(offers.add(idOf('person:coalition'), await facts())).rejects.toMatchObject({ name: 'NotTheirs' });
    await expect(offers.add(idOf('person:admin'), await facts())).rejects.toMatchObject({ name: 'NotTheirs' });
    const bravia = { organisationId: organisationId('bravia') };
    await expect(offers.add(idOf('person:isu'), await facts(bravia))).rejects.toMatchObject({
      fields: [{ field: 'organisationId' }],
    });
    const id = await offers.add(idOf('person:isu'), await facts());
    await expect(offers.withdraw(idOf('person:helvia'), id)).rejects.toMatchObject({ name: 'NotTheirs' });
    await offers.change(PROVIDER, id, 1, { public: false });
    await expect(offers.change(PROVIDER, id, 1, {})).rejects.toMatchObject({ name: 'Stale' });
    await expect(offers.withdraw(idOf('person:helvia'), id)).rejects.toMatchObject({ name: 'Unknown' });
  });

  it('are on record without what somebody typed', async () => {
    const id = await add({ conditions: 'Only with Ana.' });
    await offers.change(PROVIDER, id, 1, { capacityPerYear: 5 });
    await offers.renew(PROVIDER, id, await inDays(300));
    await offers.withdraw(PROVIDER, id);
    await offers.withdraw(PROVIDER, id);
    const events = await dataSource.manager.find(AdminEvent, { where: { subjectId: id }, order: { id: 'ASC' } });
    const acts = ['added', 'changed', 'renewed', 'withdrawn'].map((act) => `standing_offer_${act}`);
    expect(events.map(({ action }) => action)).toEqual(acts);
    expect(JSON.stringify(events)).not.toMatch(/Ana/i);
  });

  it('are made once by one key', async () => {
    const request = { key: 'one', payload: { add: 1 } };
    const ids = [
      await offers.add(PROVIDER, await facts(), request),
      await offers.add(PROVIDER, await facts(), request),
    ];
    expect(new Set(ids).size).toBe(1);
  });

  it('are to be renewed 60, 30 and 7 days before they end: each of their people is asked once for each', async () => {
    await dataSource.manager.update(Person, idOf('person:coalition'), { organisationId: organisationId('legalaid') });
    await add({ validUntil: await inDays(100) });
    await pass(39);
    expect(await sequences.run()).toBe(0);
    for (const days of [1, 30, 23]) {
      await pass(days);
      expect(await sequences.run()).toBe(2);
      expect(await sequences.run()).toBe(0);
      await send();
    }
    await pass(8);
    expect(await sequences.run()).toBe(0);
    const rows = await mails();
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatchObject({ kind: 'offer_renewal', class: 'single', delivery: 'reminder' });
    expect(rows[0]?.parameters).toMatchObject({ values: { needs: 'drafting' } });
    expect(JSON.stringify(rows)).not.toContain('Ana Lopes');
    expect((await list.page(actor('focalPoint'), { limit: 10 })).map(({ state }) => state)).toEqual(['expired']);
    await dataSource.manager.update(Person, idOf('person:coalition'), { organisationId: organisationId('coalition') });
  });

  it('are asked about no more from the moment that they are renewed, withdrawn, or given another end', async () => {
    const ends = await inDays(100);
    const ids = [await add({ validUntil: ends }), await add({ validUntil: ends }), await add({ validUntil: ends })];
    await pass(45);
    expect(await sequences.run()).toBe(3);
    await offers.renew(PROVIDER, ids[0] as string, await inDays(300));
    await offers.withdraw(PROVIDER, ids[1] as string);
    await offers.change(PROVIDER, ids[2] as string, 1, { validUntil: await inDays(200) });
    const why = (await mails()).map(({ state, response }) => [state, response]);
    expect(why.sort()).toEqual([
      ['suppressed', 'the offer has been renewed'],
      ['suppressed', 'the offer has been renewed'],
      ['suppressed', 'the offer has been withdrawn'],
    ]);
    expect(await sequences.run()).toBe(0);
    await expect(offers.renew(PROVIDER, ids[1] as string, await inDays(9))).rejects.toMatchObject({
      name: 'StandsInTheWay',
    });
  });

  it('for a short time only are not asked about at once', async () => {
    await add({ validUntil: await inDays(20) });
    expect(await sequences.run()).toBe(0);
    await pass(13);
    expect(await sequences.run()).toBe(1);
  });

  it('that are over wait for nobody: what was still to be sent of them is not', async () => {
    await add({ validUntil: await inDays(100) });
    await pass(94);
    expect(await sequences.run()).toBe(1);
    await pass(7);
    await sequences.run();
    expect(await mails()).toMatchObject([{ state: 'suppressed', response: 'the offer is over' }]);
  });
});
