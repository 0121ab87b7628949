import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOf, readLog } from '#libs/case-store/event-log.js';
import type { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import { CaseWorld } from '../../test/support/case-world.js';
import { asOwner } from '../../test/support/database.js';
import { actor } from '../../test/support/people.js';
import { dumpOf, restore, TRIGGER_OFF as OFF, writeLogAnew } from '../../test/support/tampering.js';
import { CheckpointFolder } from './checkpoint-folder.js';
import { troubleSince } from './checkpoint-trouble.js';
import { Checkpointer } from './checkpointer.js';
import { sentenceOf } from './finding.js';
import { verifyLogs } from './verification.js';

jest.setTimeout(120_000);

const acknowledge = { verb: 'acknowledge', body: { message: 'We have it.' } } as const;
const contact = { verb: 'add-note', body: { text: 'The mission called.' } } as const;

/** Somebody with the keys to the database, and what a verification then finds. */
describe('the twelve ways to tamper with the logs', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const keys = [createPublicKey(privateKey)];
  let world: CaseWorld;
  let folder = '';
  let caseId = '';
  let other = '';
  beforeEach(async () => {
    world = await CaseWorld.create();
    folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
    caseId = await liveCase();
    other = await liveCase();
    await checkpoint();
  });
  afterEach(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  async function liveCase(): Promise<string> {
    const opened = await world.open();
    await world.send('coordinator', opened.caseId, acknowledge);
    await world.send('coordinator', opened.caseId, { verb: 'take', body: {} });
    await world.send('coordinator', opened.caseId, contact);
    return opened.caseId;
  }
  const checkpoint = () =>
    new Checkpointer(world.dataSource, { folder, key: privateKey, origin: 'test/action48' }).make();
  const findings = async (checkpoints?: CheckpointFolder) =>
    (await verifyLogs(world.dataSource, { keys, ...(checkpoints && { checkpoints }) })).findings.map(sentenceOf);
  const withCheckpoints = () => findings(new CheckpointFolder(folder));
  /** As if no checkpoint had ever been made. */
  async function withoutCheckpoints(): Promise<string[]> {
    await asOwner(
      world.url,
      'ALTER TABLE checkpoint DISABLE TRIGGER ALL',
      'ALTER TABLE checkpoint_leaf DISABLE TRIGGER ALL',
      'DELETE FROM checkpoint_leaf',
      'DELETE FROM checkpoint',
    );
    return findings();
  }

  const log = (id = caseId) => readLog(world.dataSource.manager, id);
  const writeAnew = (id: string, rows: CaseEvent[]) => writeLogAnew(world, id, rows);
  const seen = (reference: string, version: number) =>
    `${reference}: Checkpoint 1 has seen version ${version}; the log ends before it.`;
  const another = (reference: string, version: number) =>
    `${reference}: Checkpoint 1 has seen another event as version ${version}.`;
  async function referenceOf(id: string): Promise<string> {
    const [row] = await world.dataSource.query('SELECT reference FROM assistance_case WHERE id = $1', [id]);
    return row.reference as string;
  }

  it('none: nothing is found where nothing was done, also after more has happened', async () => {
    expect(await withCheckpoints()).toEqual([]);
    await world.send('coordinator', caseId, contact);
    expect(await withCheckpoints()).toEqual([]);
    await checkpoint();
    expect(await withCheckpoints()).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  it('1, an event is edited: the chain breaks there', async () => {
    await asOwner(world.url, OFF, [`UPDATE case_event SET body = '{}' WHERE case_id = $1 AND version = 3`, [caseId]]);
    expect(await withCheckpoints()).toEqual([`${await referenceOf(caseId)}: The hash chain breaks at version 3.`]);
  });

  it('2, an event in the middle is deleted: the chain breaks there', async () => {
    await asOwner(world.url, OFF, ['DELETE FROM case_event WHERE case_id = $1 AND version = 2', [caseId]]);
    expect(await withCheckpoints()).toContain(`${await referenceOf(caseId)}: The hash chain breaks at version 2.`);
  });

  it('3, the end is cut off, and every trace with it: the checkpoint has seen it; without one nobody has', async () => {
    await writeAnew(caseId, (await log()).slice(0, 2));
    expect(await withCheckpoints()).toEqual([seen(await referenceOf(caseId), 4)]);
    expect(await withoutCheckpoints()).toEqual([]);
  });

  it('3, the end is cut off and nothing else done: the row and the steps say so', async () => {
    await asOwner(world.url, OFF, ['DELETE FROM case_event WHERE case_id = $1 AND version = 4', [caseId]]);
    expect(await withoutCheckpoints()).toEqual([
      `${await referenceOf(caseId)}: The case is at version 4, its log ends at 3.`,
    ]);
  });

  it('4, an event is inserted: the checkpoint has seen another one there', async () => {
    const rows = await log();
    await writeAnew(caseId, [...rows.slice(0, 3), rows[2] as CaseEvent, ...rows.slice(3)]);
    expect(await withCheckpoints()).toContain(another(await referenceOf(caseId), 4));
  });

  it('4, an event is added at the end by the application’s own role: nobody’s step led to it', async () => {
    const last = (await log()).at(-1) as CaseEvent;
    const row = { ...last, version: 5, previousHash: last.hash, recordedAt: new Date(last.recordedAt.getTime() + 1) };
    await world.dataSource.getRepository('case_event').insert({ ...row, hash: hashOf(row) });
    await world.store.rebuild(caseId);
    expect(await withCheckpoints()).toContain(
      `${await referenceOf(caseId)}: Nobody’s step led to the event of version 5.`,
    );
  });

  it('5, two events change places: the checkpoint has seen another order', async () => {
    const [first, second, third, fourth] = await log();
    await writeAnew(caseId, [first, third, second, fourth] as CaseEvent[]);
    expect(await withCheckpoints()).toContain(another(await referenceOf(caseId), 4));
  });

  it('6, two cases change their logs: both are found', async () => {
    const [one, two] = [await log(caseId), await log(other)];
    await asOwner(world.url, OFF, 'DELETE FROM case_event');
    await writeAnew(
      caseId,
      two.map((row) => ({ ...row, caseId })),
    );
    await writeAnew(
      other,
      one.map((row) => ({ ...row, caseId: other })),
    );
    const found = await withCheckpoints();
    expect(found).toContain(another(await referenceOf(caseId), 4));
    expect(found).toContain(another(await referenceOf(other), 4));
  });

  it('7, another person is named for an event: the chain breaks, and written anew the checkpoint shows it', async () => {
    const { personId } = actor('lead');
    await asOwner(world.url, OFF, [
      'UPDATE case_event SET actor_id = $2 WHERE case_id = $1 AND version = 2',
      [caseId, personId],
    ]);
    expect(await withCheckpoints()).toContain(`${await referenceOf(caseId)}: The hash chain breaks at version 2.`);
    await writeAnew(caseId, await log());
    expect(await withCheckpoints()).toContain(another(await referenceOf(caseId), 4));
  });

  it('8, an event is dated back: the chain breaks, and written anew the checkpoint shows it', async () => {
    await asOwner(world.url, OFF, [
      `UPDATE case_event SET recorded_at = recorded_at - interval '1 day', effective_at = effective_at - interval '1 day'
       WHERE case_id = $1 AND version = 2`,
      [caseId],
    ]);
    expect(await withCheckpoints()).toContain(`${await referenceOf(caseId)}: The hash chain breaks at version 2.`);
    await writeAnew(caseId, await log());
    expect(await withCheckpoints()).toContain(another(await referenceOf(caseId), 4));
  });

  it('9, an old dump is restored: the folder knows a checkpoint and events that the database does not', async () => {
    const dump = await dumpOf(world);
    await world.send('coordinator', caseId, contact);
    await checkpoint();
    await restore(world, dump);
    expect(await withCheckpoints()).toEqual([
      'checkpoint 2: The database does not have it: was an older dump restored?',
      `${await referenceOf(caseId)}: Checkpoint 2 has seen version 5; the log ends before it.`,
    ]);
    // Nor is a checkpoint made that would hide it.
    await expect(checkpoint()).rejects.toThrow('restored from an older dump');
    expect(await troubleSince(world.dataSource.manager)).not.toBeNull();
    expect(await findings()).toEqual([]);
  });

  it('10, the owner edits behind the trigger, which the trigger does not notice: the chain does', async () => {
    await asOwner(
      world.url,
      `SET session_replication_role = replica; UPDATE case_event SET type = 'declined' WHERE version = 2`,
    );
    expect(await withCheckpoints()).toEqual([
      `${await referenceOf(caseId)}: The hash chain breaks at version 2.`,
      `${await referenceOf(other)}: The hash chain breaks at version 2.`,
    ]);
  });

  it('11, a checkpoint is edited, in the folder or in the database: its signature does not fit, and the two differ', async () => {
    const file = join(folder, '00000001.checkpoint');
    const note = readFileSync(file, 'utf8');
    const forged = note.replace(/^2$/m, '1');
    expect(forged).not.toBe(note);
    rmSync(file);
    writeFileSync(file, forged);
    const found = await withCheckpoints();
    expect(found).toContain('checkpoint 1: None of the keys has signed it.');
    expect(found).toContain('checkpoint 1: The database has another text for it.');
    writeFileSync(file, note);
    expect(await withCheckpoints()).toEqual([]);
    await asOwner(world.url, 'ALTER TABLE checkpoint DISABLE TRIGGER ALL', [
      `UPDATE checkpoint SET note = $1`,
      [forged],
    ]);
    expect(await withCheckpoints()).toEqual(['checkpoint 1: The database has another text for it.']);
    expect(await findings()).toContain('checkpoint 1: None of the keys has signed it.');
  });

  it('12, everything from an event on is hashed anew: the checkpoint has seen other hashes; without one nobody has', async () => {
    const rows = await log();
    await writeAnew(
      caseId,
      rows.map((row) => (row.version === 3 ? { ...row, body: { ...row.body, ownerId: actor('lead').personId } } : row)),
    );
    expect(await withCheckpoints()).toEqual([another(await referenceOf(caseId), 4)]);
    expect(await withoutCheckpoints()).toEqual([]);
  });

  it('a checkpoint is taken away: it is missed, and the next is not chained to what is there', async () => {
    await world.send('coordinator', caseId, contact);
    await checkpoint();
    await checkpoint();
    for (const name of readdirSync(folder)) if (name.startsWith('00000002')) rmSync(join(folder, name));
    expect(await withCheckpoints()).toEqual(['checkpoint 2: The checkpoint is missing.']);
  });
});
