import { randomUUID } from 'node:crypto';
import { LessThan, MoreThan, Not } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { Config } from '#libs/config/config.js';
import type { Person } from '#libs/database/entities/person.entity.js';
import { Session } from '#libs/database/entities/session.entity.js';
import type { SignInMethod } from '#libs/database/entities/session.entity.js';
import { owedBy } from '#libs/domain/access/second-factor.js';
import { LAST_USE_MS, MINUTE_MS } from './last-use.js';
import type { SignedIn } from './signed-in.js';
import { hashOf, newToken } from './tokens.js';
import { identityOf, personWithPlace, withPerson } from './whose.js';
import type { PersonWithPlace, Whose } from './whose.js';

/** Time to look for the telephone and type six digits. */
const SECOND_FACTOR_MINUTES = 10;

/** How a session came about; it is shown to its owner. */
export interface Beginning {
  method: SignInMethod;
  /** Such as “Firefox on Windows”. */
  browser?: string | null;
  /** Whether a second factor was answered as well. */
  secondFactor?: boolean;
}

export interface NewSession {
  /** Shown once; only its hash is kept. */
  token: string;
  expiresAt: Date;
  signedIn: SignedIn;
}

export type SessionSettings = Pick<Config, 'sessionHours' | 'sessionIdleMinutes' | 'staffSecondFactor'>;

/** Sessions of programs (bearer token) and of pages (cookie): one table, one way in, one way out. */
export class Sessions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: SessionSettings,
  ) {}

  /**
   * A session for somebody who has proved who they are, by whatever means. One that still owes a second factor can
   * answer it and nothing else, and is soon over. Clears away sessions that have ended.
   */
  async begin(person: Person, beginning: Beginning): Promise<NewSession> {
    return this.beginWithin(this.dataSource.manager, person.id, beginning);
  }

  /** Another session in place of one whose person has just proved more: the token that was known before is worth nothing. */
  async rise(before: SignedIn, proved: { secondFactor?: boolean } = {}): Promise<NewSession> {
    return this.dataSource.transaction((manager) => this.riseWithin(manager, before, proved));
  }

  /** The same, within the caller's transaction. */
  async riseWithin(
    manager: EntityManager,
    before: SignedIn,
    proved: { secondFactor?: boolean } = {},
  ): Promise<NewSession> {
    const old = await manager.findOneByOrFail(Session, { id: before.session?.id ?? '' });
    await manager.delete(Session, { id: old.id });
    const secondFactor = proved.secondFactor ?? old.secondFactorAt !== null;
    return this.beginWithin(manager, old.personId, { method: old.method, browser: old.browser, secondFactor });
  }

  /** Whose token this is; null when it is unknown, expired, unused for too long, or its person no longer active. */
  async find(token: string): Promise<SignedIn | null> {
    const now = new Date();
    const session = (await withPerson(this.dataSource.manager, Session)
      .where('row.tokenHash = :hash', { hash: hashOf(token) })
      .andWhere('row.expiresAt > :now AND row.lastUsedAt > :idle', { now, idle: this.idleSince(now) })
      .getOne()) as Whose<Session> | null;
    if (!session) return null;
    if (now.getTime() - session.lastUsedAt.getTime() > LAST_USE_MS)
      await this.dataSource.manager.update(Session, { id: session.id }, { lastUsedAt: now });
    return this.signedIn(this.dataSource.manager, session, session.person);
  }

  async close(token: string): Promise<void> {
    await this.dataSource.manager.delete(Session, { tokenHash: hashOf(token) });
  }

  /** The sessions that somebody could go on with, the one used last first. */
  list(personId: string): Promise<Session[]> {
    const now = new Date();
    return this.dataSource.manager.find(Session, {
      where: { personId, expiresAt: MoreThan(now), lastUsedAt: MoreThan(this.idleSince(now)) },
      order: { lastUsedAt: 'DESC', createdAt: 'DESC' },
    });
  }

  /** Ends one of a person's sessions; false when they have none of that name. */
  async end(personId: string, id: string): Promise<boolean> {
    return (await this.dataSource.manager.delete(Session, { personId, id })).affected === 1;
  }

  /** Ends all of a person's sessions but this one. */
  async endOthers({ person, session }: SignedIn, manager = this.dataSource.manager): Promise<void> {
    await manager.delete(Session, { personId: person.id, id: Not(session?.id ?? '') });
  }

  private async beginWithin(manager: EntityManager, personId: string, beginning: Beginning): Promise<NewSession> {
    const person = await personWithPlace(manager, personId);
    if (!person) throw new Error('nobody who is active can begin a session');
    const [token, now] = [newToken(), new Date()];
    const session: Session = {
      tokenHash: hashOf(token),
      id: randomUUID(),
      personId,
      csrfToken: newToken(),
      method: beginning.method,
      browser: beginning.browser ?? null,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: now,
      secondFactorAt: beginning.secondFactor ? now : null,
    };
    const signedIn = await this.signedIn(manager, session, person);
    const minutes = signedIn.owes === 'second-factor' ? SECOND_FACTOR_MINUTES : this.settings.sessionHours * 60;
    session.expiresAt = new Date(now.getTime() + minutes * MINUTE_MS);
    await manager.insert(Session, session);
    await manager.delete(Session, { expiresAt: LessThan(now) });
    return { token, expiresAt: session.expiresAt, signedIn };
  }

  private async signedIn(
    manager: EntityManager,
    { id, method, csrfToken, secondFactorAt }: Session,
    person: PersonWithPlace,
  ): Promise<SignedIn> {
    const owes = owedBy({
      roles: person.roles,
      method,
      answered: secondFactorAt !== null,
      enrolled: person.authenticator !== null,
      demanded: this.settings.staffSecondFactor === 'required',
    });
    return { ...(await identityOf(manager, person)), csrfToken, session: { id, method }, owes, scopes: null };
  }

  private idleSince = (now: Date): Date => new Date(now.getTime() - this.settings.sessionIdleMinutes * MINUTE_MS);
}
