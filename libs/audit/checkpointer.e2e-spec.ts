import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { databaseOptions } from '#libs/database/options.js';
import { CaseWorld } from '../../test/support/case-world.js';
import { asOwner, ownerUrlOf } from '../../test/support/database.js';
import { recordAdminEvent } from './admin-events.js';
import { CheckpointFolder } from './checkpoint-folder.js';
import { hashOfNote, isSigned, readNote } from './checkpoint-note.js';
import { Checkpointer } from './checkpointer.js';
import { sentenceOf } from './finding.js';
import { verifyLogs } from './verification.js';

jest.setTimeout(120_000);

describe('checkpoints', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const keys = [createPublicKey(privateKey)];
  let world: CaseWorld;
  let path = '';
  beforeEach(async () => {
    world = await CaseWorld.create();
    path = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  });
  afterEach(async () => {
    await world.close();
    rmSync(path, { recursive: true });
  });
  const checkpointer = (key = privateKey, now = Date.now) =>
    new Checkpointer(world.dataSource, { folder: path, key, origin: 'test/action48' }, now);
  const folder = () => new CheckpointFolder(path);
  const act = () =>
    world.dataSource.transaction((manager) =>
      recordAdminEvent(manager, {
        ...{ actorId: null, action: 'setting_changed', subjectKind: 'setting', subjectId: null },
        body: {},
      }),
    );
  const findings = async (among = keys) =>
    (await verifyLogs(world.dataSource, { keys: among, checkpoints: folder() })).findings.map(sentenceOf);

  it('name where each log ends, once, and follow one another', async () => {
    const { caseId } = await world.open();
    const { caseId: other } = await world.open();
    await act();
    expect(await checkpointer().make()).toEqual({ number: 1, size: 3, added: 3 });
    await world.send('coordinator', caseId, { verb: 'acknowledge', body: { message: 'We have it.' } });
    expect(await checkpointer().make()).toEqual({ number: 2, size: 4, added: 1 });
    expect(await checkpointer().make()).toEqual({ number: 3, size: 4, added: 0 });
    expect(readdirSync(path).sort()).toEqual(
      [1, 2, 3].flatMap((number) => [`0000000${number}.checkpoint`, `0000000${number}.leaves`]),
    );
    const [one, two, three] = await Promise.all([1, 2, 3].map((number) => folder().read(number)));
    expect(one?.leaves?.map((line) => line.replace(/ [0-9a-f]{64}$/, ''))).toEqual([
      ...[caseId, other].sort().map((id) => `case ${id} 1`),
      'admin_event - 1',
    ]);
    expect(two?.leaves).toEqual([expect.stringMatching(`^case ${caseId} 2 [0-9a-f]{64}$`)]);
    expect(three?.leaves).toEqual([]);
    expect(readNote(two?.note ?? '')?.previous).toBe(hashOfNote(one?.note ?? ''));
    expect(await findings()).toEqual([]);
  });

  it('are signed so that openssl can tell, and by no other key', async () => {
    await world.open();
    await checkpointer().make();
    const { note } = await folder().read(1);
    const [text, signature = ''] = note.split('\n\n');
    const scratch = mkdtempSync(join(tmpdir(), 'openssl-'));
    const file = (name: string) => join(scratch, name);
    writeFileSync(file('text'), `${text}\n`);
    writeFileSync(file('signature'), Buffer.from(signature.trim().split(' ').at(-1) ?? '', 'base64').subarray(4));
    writeFileSync(file('key.pem'), keys[0]?.export({ format: 'pem', type: 'spki' }) ?? '');
    const args = ['pkeyutl', '-verify', '-pubin', '-rawin', '-inkey', file('key.pem')];
    const said = execFileSync('openssl', [...args, '-in', file('text'), '-sigfile', file('signature')], {
      encoding: 'utf8',
    });
    rmSync(scratch, { recursive: true });
    expect(said).toContain('Verified Successfully');
    const another = createPublicKey(generateKeyPairSync('ed25519').privateKey);
    expect([isSigned(note, keys), isSigned(note, [another, ...keys]), isSigned(note, [another])]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('can change their key: the old public key is kept beside the new one', async () => {
    await world.open();
    await checkpointer().make();
    const next = generateKeyPairSync('ed25519').privateKey;
    await checkpointer(next).make();
    expect(await findings()).toEqual(['checkpoint 2: None of the keys has signed it.']);
    expect(await findings([...keys, createPublicKey(next)])).toEqual([]);
  });

  it('are brought out later when the process died between the database and the folder', async () => {
    await world.open();
    await checkpointer().make();
    await checkpointer().make();
    for (const name of ['00000002.checkpoint', '00000002.leaves']) rmSync(join(path, name));
    expect(await checkpointer().make()).toMatchObject({ number: 3 });
    expect(await folder().numbers()).toEqual([1, 2, 3]);
    expect(await findings()).toEqual([]);
  });

  it('are never written over: a folder that says something else stops them', async () => {
    await world.open();
    await checkpointer().make();
    const file = join(path, '00000001.checkpoint');
    const changed = readFileSync(file, 'utf8').replace('number 1', 'number 9');
    writeFileSync(file, changed);
    await expect(checkpointer().make()).rejects.toThrow('says something else than the database');
    expect(readFileSync(file, 'utf8')).toBe(changed);
  });

  it('show it when they are dated back', async () => {
    await world.open();
    await checkpointer().make();
    await checkpointer(privateKey, () => Date.now() - 3_600_000).make();
    expect(await findings()).toEqual(['checkpoint 2: It is dated earlier than the checkpoint before.']);
  });

  it('notice rows of a log without a chain that are changed, taken out or slipped in', async () => {
    await asOwner(
      world.url,
      'DROP TABLE IF EXISTS access_log CASCADE',
      'CREATE TABLE access_log (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz, who text)',
      `INSERT INTO access_log (at, who) SELECT now() - interval '1 hour', 'person ' || n FROM generate_series(1, 5) n`,
      'GRANT SELECT, INSERT ON access_log TO PUBLIC',
    );
    await checkpointer().make();
    await asOwner(
      world.url,
      `INSERT INTO access_log (at, who) VALUES (now() - interval '1 hour', 'later'), (now(), 'just now')`,
    );
    // What has just been written may still lack a row before it.
    expect(await checkpointer().make()).toMatchObject({ added: 1 });
    expect((await folder().read(2)).leaves).toEqual([expect.stringMatching(/^access_log 6 6 /)]);
    await asOwner(world.url, 'ALTER TABLE access_log ADD COLUMN later text');
    expect(await findings()).toEqual([]);
    await asOwner(world.url, `UPDATE access_log SET who = 'nobody' WHERE id = 3`);
    expect(await findings()).toEqual(['access_log: The rows up to 5 are not those that checkpoint 1 has seen.']);
    await asOwner(
      world.url,
      `UPDATE access_log SET who = 'person 3' WHERE id = 3`,
      'DELETE FROM access_log WHERE id = 6',
    );
    expect(await findings()).toEqual(['access_log: The rows up to 6 are not those that checkpoint 2 has seen.']);
  });

  it('notice when the record of administrative acts is cut at its end, or changed', async () => {
    for (let acts = 0; acts < 3; acts += 1) await act();
    await checkpointer().make();
    await asOwner(world.url, 'ALTER TABLE admin_event DISABLE TRIGGER ALL', 'DELETE FROM admin_event WHERE id = 3');
    expect(await findings()).toEqual(['admin_event: Checkpoint 1 has seen version 3; the log ends before it.']);
    await asOwner(world.url, `UPDATE admin_event SET action = 'nothing' WHERE id = 1`);
    expect(await findings()).toContain('admin_event: The hash chain breaks at row 1.');
  });

  it('are verified with the right to read and nothing else', async () => {
    await world.open();
    await checkpointer().make();
    const role = `auditor_${Date.now()}`;
    await asOwner(
      world.url,
      `CREATE ROLE ${role} LOGIN PASSWORD 'reads'`,
      `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`,
    );
    const url = new URL(ownerUrlOf(world.url));
    [url.username, url.password] = [role, 'reads'];
    const auditor = await new DataSource(databaseOptions(url.toString())).initialize();
    const { findings: found, checked } = await verifyLogs(auditor, { keys, checkpoints: folder() });
    await auditor.destroy();
    await asOwner(world.url, `DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
    expect({ found, checked }).toEqual({ found: [], checked: 1 });
  });
});
