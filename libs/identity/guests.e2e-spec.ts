import { actorOf } from '#libs/case-store/actors.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaseList } from '#libs/case-reading/case-list.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { commandIdOf } from '#libs/case-store/hashes.js';
import { CaseWorld } from '../../test/support/case-world.js';
import { requestForm } from '../../test/support/request-form.js';
import { guestFor } from './guests.js';

describe('a guest, where steps take effect', () => {
  let world: CaseWorld;
  let caseId = '';
  let other = '';
  let guest: Actor;
  beforeAll(async () => {
    world = await CaseWorld.create();
    [caseId, other] = [(await world.open()).caseId, (await world.open()).caseId];
    const { focalPoint: contact, language } = requestForm();
    const { manager } = world.dataSource;
    const person = await guestFor(manager, {
      caseId,
      contactHash: 'hash',
      contact,
      language,
      timezone: 'Africa/Lusaka',
    });
    guest = (await actorOf(manager, person?.id ?? '')) as Actor;
  }, 60_000);
  afterAll(() => world.close());

  const withdraw = async (id: string) => {
    const key = world.key();
    await world.desk.receive(id, guest.personId, key, { verb: 'withdraw', body: { reason: 'Another way was found.' } });
    return world.store.apply(id, commandIdOf(guest.personId, key), Date.now());
  };

  it('has the one case in every list, and no other', async () => {
    const { items } = await new CaseList(world.dataSource).page({}, guest);
    const { reference } = await world.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
    expect(items.map((item) => item.reference)).toEqual([reference]);
    expect((await new CaseList(world.dataSource).counts(guest)).all).toBe(1);
  });

  it('may not act on another case, whoever received the command', async () => {
    await expect(withdraw(other)).rejects.toMatchObject({ code: 'not_permitted' });
  });

  it('may no longer act once the access has been taken back, also for a command that was received before', async () => {
    const key = world.key();
    await world.desk.receive(caseId, guest.personId, key, { verb: 'withdraw', body: { reason: 'No.' } });
    const [row] = await world.dataSource.query('DELETE FROM case_guest RETURNING *').then(([rows]) => rows);
    const applied = world.store.apply(caseId, commandIdOf(guest.personId, key), Date.now());
    await expect(applied).rejects.toMatchObject({ code: 'not_permitted' });
    await world.dataSource.query(
      'INSERT INTO case_guest (case_id, person_id, contact_hash, created_at) VALUES ($1, $2, $3, $4)',
      [row.case_id, row.person_id, row.contact_hash, row.created_at],
    );
  });

  it('acts for the State on its own, and says what came of it as the State', async () => {
    expect((await withdraw(caseId)).stage).toBe('withdrawn');
  });
});
