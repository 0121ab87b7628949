import { randomUUID } from 'node:crypto';
import { MoreThan } from 'typeorm';
import type { DataSource } from 'typeorm';
import type { Config } from '#libs/config/config.js';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { ApiToken } from '#libs/database/entities/api-token.entity.js';
import type { TokenScope } from '#libs/database/entities/api-token.entity.js';
import type { Person } from '#libs/database/entities/person.entity.js';
import { queueAccountMail } from '#libs/mail/account-mail.js';
import { LAST_USE_MS } from './last-use.js';
import type { SignedIn } from './signed-in.js';
import { hashOf, newToken } from './tokens.js';
import { identityOf, withPerson } from './whose.js';
import type { Whose } from './whose.js';

/** Begins every token, so that whoever searches code for secrets finds one that was left there. */
const PREFIX = 'a48_';
const DAY_MS = 86_400_000;
/** A year, and a day for the years that have one more. */
export const LONGEST_DAYS = 366;

/** Whether this is to be looked for among tokens rather than among sessions. */
export const isApiToken = (token: string): boolean => /^a48_[\w-]{43}$/.test(token);

export interface TokenWish {
  name: string;
  scopes: readonly TokenScope[];
  /** For how many days, at most `LONGEST_DAYS`. */
  days: number;
}

/** Tokens that people make for programs: they act in their maker's name, as far as their scopes go. */
export class ApiTokens {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Pick<Config, 'secretsKey' | 'mailFrom'>,
  ) {}

  /** Makes a token and tells its person by mail; it is never shown again. */
  async make({ person }: SignedIn, { name, scopes, days }: TokenWish): Promise<{ token: string; row: ApiToken }> {
    const token = PREFIX + newToken();
    const createdAt = new Date();
    const row: ApiToken = {
      id: randomUUID(),
      personId: person.id,
      name,
      tokenHash: hashOf(token),
      scopes: [...scopes],
      createdAt,
      expiresAt: new Date(createdAt.getTime() + days * DAY_MS),
      lastUsedAt: null,
    };
    await this.dataSource.transaction(async (manager) => {
      await manager.insert(ApiToken, row);
      const parameters = { path: '/account/tokens', values: { name } };
      await queueAccountMail(manager, { kind: 'token_made', to: person, parameters }, this.config);
    });
    return { token, row };
  }

  /** Whose token this is and what it is good for; null when it is unknown, expired, revoked, or its person no longer active. */
  async find(token: string): Promise<SignedIn | null> {
    const now = new Date();
    const row = (await withPerson(this.dataSource.manager, ApiToken)
      .where('row.tokenHash = :hash AND row.expiresAt > :now', { hash: hashOf(token), now })
      .getOne()) as Whose<ApiToken> | null;
    if (!row) return null;
    if (now.getTime() - (row.lastUsedAt?.getTime() ?? 0) > LAST_USE_MS)
      await this.dataSource.manager.update(ApiToken, { id: row.id }, { lastUsedAt: now });
    return {
      ...(await identityOf(this.dataSource.manager, row.person)),
      csrfToken: '',
      session: null,
      owes: null,
      scopes: row.scopes,
    };
  }

  /** Those that can still be used, newest first. */
  list(personId: string): Promise<ApiToken[]> {
    const where = { personId, expiresAt: MoreThan(new Date()) };
    return this.dataSource.manager.find(ApiToken, { where, order: { createdAt: 'DESC' } });
  }

  /** False when the person has no such token. */
  async revoke(personId: string, id: string): Promise<boolean> {
    return (await this.dataSource.manager.delete(ApiToken, { personId, id })).affected === 1;
  }

  /** Those of everybody that can still be used, newest first, with whose they are. */
  async everybodys(): Promise<(ApiToken & { person: Pick<Person, 'id' | 'name'> })[]> {
    const tokens = await withPerson(this.dataSource.manager, ApiToken)
      .where('row.expiresAt > :now', { now: new Date() })
      .orderBy('row.createdAt', 'DESC')
      .getMany();
    return tokens as Whose<ApiToken>[];
  }

  /** An administrator ends somebody's token; on record. False when there is none of this id. */
  revokeFor(actorId: string, id: string): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const token = await manager.findOne(ApiToken, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!token) return false;
      await manager.delete(ApiToken, { id });
      const about = { subjectKind: 'person', subjectId: token.personId };
      await recordAdminEvent(manager, { actorId, action: 'token_revoked', ...about, body: { tokenId: id } });
      return true;
    });
  }
}
