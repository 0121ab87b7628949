import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checkpointer } from '#libs/audit/checkpointer.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { guestFor } from '#libs/identity/guests.js';
import { Sessions } from '#libs/identity/sessions.js';
import { Config } from '#libs/config/config.js';
import { sessionCookie } from '../../apps/api/src/identity/cookies.js';
import { HttpCase } from '../support/http-case.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';
import { bodyFor } from './bodies.js';
import { verbIn } from './doors.js';
import { addPeople, PERSONAS, personId } from './personas.js';
import type { Persona } from './personas.js';
import type { Door } from './table.js';
import { parametersOf } from './things.js';

const { privateKey } = generateKeyPairSync('ed25519');

const OF_THE_RECEIVER = ['accept-hand-over', 'reject-hand-over'];
/** After so many days without an offer, a circulated request has climbed to the President. */
const UNTIL_ESCALATED = 'P200D';

/** Two cases at which everybody stands alike. */
interface Pair {
  /** Goes on: read through every door. */
  live: string;
  /** Withdrawn: whoever may use a verb is told that the case has ended, and nothing changes. */
  ended: string;
}

/** A deployment with a case that everybody stands to in another way, and doors to knock at. */
export class World {
  private readonly guests = new Map<string, string>();

  private constructor(
    readonly system: TestSystem,
    private readonly folder: string,
    private readonly usual: Pair,
    private readonly escalated: Pair,
    /** Of another State. */
    private readonly other: string,
  ) {}

  static async make(): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'permissions-'));
    const key = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const settings = { CHECKPOINT_DIR: folder, CHECKPOINT_KEY: key, SECURITY_CONTACT: 'mailto:security@example.test' };
    const system = await TestSystem.start({ settings: { ...settings, LOG_LEVEL: 'error' } });
    await addPeople(system.dataSource);
    const usual = await usualPair(system);
    const escalated = await escalatedPair(system);
    await system.dataSource.manager.update(Person, personId('former'), { roles: [] });
    const form = requestForm({ requestingState: 'QMA' });
    const { body } = await system.call('aurelia', 'POST', '/api/v1/requests', form);
    await new Checkpointer(system.dataSource, { folder, key: privateKey, origin: 'test/action48' }, Date.now).make();
    const world = new World(system, folder, usual, escalated, body.reference as string);
    for (const reference of [usual.live, usual.ended, world.other]) await world.letIn(reference);
    return world;
  }

  async stop(): Promise<void> {
    await this.system.stop();
    rmSync(this.folder, { recursive: true });
  }

  /** Somebody knocks: signed in anew each time, with a cookie at pages and a bearer token at the API; `sent` is not what it should be. */
  async knock(persona: Persona, door: Door, sent?: Record<string, unknown>): Promise<Response> {
    const reference = await this.referenceFor(persona, door);
    const given: Record<string, string> = { reference, ...(await parametersOf(this.system, door.path, reference)) };
    const path = door.path.replace(/:(\w+)/g, (_, name: string) => given[name] ?? `no-${name}`);
    const session = await this.session(persona, reference);
    const [isApi, changes] = [door.path.startsWith('/api/'), door.method !== 'GET'];
    const config = this.system.app.get(Config);
    const fields = sent ?? bodyFor(door, given);
    return fetch(this.system.url + path, {
      method: door.method,
      redirect: 'manual',
      headers: {
        accept: isApi ? 'application/json' : 'text/html',
        ...(session &&
          (isApi
            ? { authorization: `Bearer ${session.token}` }
            : { cookie: `${sessionCookie(config)}=${session.token}` })),
        ...(changes && (isApi ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {})),
        ...(changes && isApi && { 'if-match': '"1"' }),
      },
      ...(changes && {
        body: isApi
          ? JSON.stringify(fields)
          : new URLSearchParams({ ...(fields as Record<string, string>), _csrf: session?.csrf ?? '' }),
      }),
    });
  }

  private async referenceFor(persona: Persona, { method, path }: Door): Promise<string> {
    const verb = method === 'POST' && verbIn(path);
    // Withdrawing a case takes back its hand-over: who is offered one says yes or no to one that goes on.
    if (verb && OF_THE_RECEIVER.includes(verb)) return persona === 'receiver' ? this.offered() : this.usual.live;
    const pair = persona === 'observer L3' ? this.escalated : this.usual;
    return verb ? pair.ended : pair.live;
  }

  private async offered(): Promise<string> {
    const one = await HttpCase.after(this.system, 'open');
    await one.does('coordinator2', 'take');
    await one.does('coordinator2', 'hand-over', { to: personId('receiver') });
    return one.reference;
  }

  private async session(persona: Persona, reference: string): Promise<{ token: string; csrf: string } | null> {
    const id = this.idOf(persona, reference);
    if (!id) return null;
    const { manager } = this.system.dataSource;
    const isClosed = persona === 'disabled';
    if (isClosed) await manager.update(Person, id, { active: true });
    const person = await manager.findOneByOrFail(Person, { id });
    const { token, signedIn } = await this.system.app.get(Sessions).begin(person, { method: 'password' });
    if (isClosed) await manager.update(Person, id, { active: false });
    return { token, csrf: signedIn.csrfToken };
  }

  private idOf(persona: Persona, reference: string): string | null {
    if (persona === 'guest') return this.guests.get(reference) ?? null;
    if (persona === 'guest elsewhere') return this.guests.get(this.other) ?? null;
    const mailbox = PERSONAS[persona];
    return mailbox && personId(mailbox);
  }

  /** Lets somebody in to a case who has no account. */
  private async letIn(reference: string): Promise<void> {
    const { manager } = this.system.dataSource;
    const { id: caseId } = await manager.findOneByOrFail(AssistanceCase, { reference });
    const contact = { name: 'Mwila Banda', email: 'focal@bravia.example.test' };
    const asks = { caseId, contactHash: reference, contact, language: 'en', timezone: 'Africa/Lusaka' };
    this.guests.set(reference, (await guestFor(manager, asks))?.id ?? '');
  }
}

/** Each had two owners, is offered to a third, and has responders at every stage of an offer. */
async function usualPair(system: TestSystem): Promise<Pair> {
  const references = [];
  for (const isEnded of [false, true]) {
    const one = await HttpCase.after(system, 'agree-plan', { excludedParties: ['COALITION'] });
    await one.does('coordinator', 'assign-owner', { ownerId: personId('former') });
    await one.does('lead', 'assign-owner', { ownerId: personId('coordinator') });
    await one.does('coordinator', 'hand-over', { to: personId('receiver') });
    if (isEnded) await one.does('bravia', 'withdraw');
    references.push(one.reference);
  }
  const [live = '', ended = ''] = references;
  return { live, ended };
}

async function escalatedPair(system: TestSystem): Promise<Pair> {
  const [live, ended] = [await HttpCase.after(system, 'circulate'), await HttpCase.after(system, 'circulate')];
  const { status } = await system.call('admin', 'POST', '/api/v1/demo/clock', { advance: UNTIL_ESCALATED });
  expect(status).toBe(200);
  // The observer sees it from now on.
  await live.seenBy('president');
  await ended.does('bravia', 'withdraw');
  return { live: live.reference, ended: ended.reference };
}
