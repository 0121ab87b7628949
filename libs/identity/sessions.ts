import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { LessThan } from 'typeorm';
import type { DataSource } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { Session } from '#libs/database/entities/session.entity.js';
import type { SignInMethod } from '#libs/database/entities/session.entity.js';
import { checkPassword } from './passwords.js';
import type { SignedIn } from './signed-in.js';

const HOUR_MS = 3_600_000;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const secret = (): string => randomBytes(32).toString('base64url');

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

/** Sessions of programs (bearer token) and of pages (cookie): one table, one way in, one way out. */
export class Sessions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly hours: number,
  ) {}

  /** Null when the address or the password is wrong; which of them is not said. Clears away sessions that have ended. */
  async open(email: string, password: string): Promise<NewSession | null> {
    const person = await this.dataSource.manager.findOneBy(Person, { email: email.trim().toLowerCase(), active: true });
    return (await checkPassword(person?.passwordHash ?? null, password)) && person
      ? this.begin(person, { method: 'password' })
      : null;
  }

  /** A session for somebody who has proved who they are, by whatever means. */
  async begin(person: Person, { method, browser = null, secondFactor }: Beginning): Promise<NewSession> {
    const [token, now] = [secret(), new Date()];
    const session = {
      tokenHash: hashOf(token),
      personId: person.id,
      csrfToken: secret(),
      id: randomUUID(),
      method,
      browser,
      createdAt: now,
      lastUsedAt: now,
      secondFactorAt: secondFactor ? now : null,
      expiresAt: new Date(Date.now() + this.hours * HOUR_MS),
    };
    await this.dataSource.manager.insert(Session, session);
    await this.dataSource.manager.delete(Session, { expiresAt: LessThan(new Date()) });
    return { token, expiresAt: session.expiresAt, signedIn: await this.signedIn(person, session.csrfToken) };
  }

  /** Whose token this is; null when it is unknown, expired, or its person no longer active. */
  async find(token: string): Promise<SignedIn | null> {
    const session = await this.dataSource.manager.findOneBy(Session, { tokenHash: hashOf(token) });
    if (!session || session.expiresAt.getTime() <= Date.now()) return null;
    const person = await this.dataSource.manager.findOneBy(Person, { id: session.personId, active: true });
    return person && this.signedIn(person, session.csrfToken);
  }

  async close(token: string): Promise<void> {
    await this.dataSource.manager.delete(Session, { tokenHash: hashOf(token) });
  }

  private async signedIn(person: Person, csrfToken: string): Promise<SignedIn> {
    const organisation = person.organisationId
      ? await this.dataSource.manager.findOneBy(Organisation, { id: person.organisationId })
      : null;
    const { id, name, email, roles, language, timezone, organisationId } = person;
    return {
      person: { id, name, email, roles, language, timezone },
      organisation,
      actor: { personId: id, roles, organisationId, stateCode: organisation?.stateCode ?? null },
      csrfToken,
    };
  }
}
