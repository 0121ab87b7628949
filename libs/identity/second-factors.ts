import { randomBytes } from 'node:crypto';
import { IsNull, LessThan } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { Secret, TOTP } from 'otpauth';
import type { Config } from '#libs/config/config.js';
import { Authenticator } from '#libs/database/entities/authenticator.entity.js';
import { RecoveryCode } from '#libs/database/entities/recovery-code.entity.js';
import { Session } from '#libs/database/entities/session.entity.js';
import { queueAccountMail } from '#libs/mail/account-mail.js';
import { newCode, readCode } from '#libs/secrets/codes.js';
import { keyedHash, seal, unseal } from '#libs/secrets/secret-box.js';
import type { RateLimits } from './rate-limits.js';
import type { SignedIn } from './signed-in.js';

const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
/** 80 bits: nobody guesses it, and a person can type it. */
const RECOVERY_SIGNS = 16;
/** A code holds a little longer than it is shown, and may come from a clock that runs a little fast. */
const STEPS_APART = 1;
/** For one person, wherever the tries come from: of a million codes three are right. */
const TRIES = { most: 10, seconds: 15 * 60 };

type Owner = Pick<SignedIn['person'], 'id' | 'name' | 'email' | 'language' | 'timezone'>;

/** What a person types or photographs into their authenticator app. */
export interface Enrolment {
  /** Base 32. */
  secret: string;
  /** `otpauth://…`, for a QR code. */
  uri: string;
}

export interface Standing {
  /** Since when; null without a second factor. */
  since: Date | null;
  /** Recovery codes that have not been used. */
  codesLeft: number;
}

/** Authenticator apps (RFC 6238: SHA-1, six digits, 30 seconds) and the codes for when one is lost. */
export class SecondFactors {
  constructor(
    private readonly dataSource: DataSource,
    private readonly limits: RateLimits,
    private readonly config: Pick<Config, 'secretsKey' | 'mailFrom'>,
  ) {}

  async standing(personId: string): Promise<Standing> {
    const authenticator = await this.dataSource.manager.findOneBy(Authenticator, { personId });
    const codesLeft = await this.dataSource.manager.countBy(RecoveryCode, { personId });
    return { since: authenticator?.confirmedAt ?? null, codesLeft };
  }

  /** Makes the secret of an authenticator that is to be added; it counts for nothing before `confirm`. Not one in use. */
  async begin({ id: personId }: Owner): Promise<void> {
    const secret = new Secret({ buffer: new Uint8Array(randomBytes(SECRET_BYTES)).buffer }).base32;
    const sealed = seal(this.config.secretsKey, placeOf(personId), secret);
    await this.dataSource.transaction(async (manager) => {
      await manager.delete(Authenticator, { personId, confirmedAt: IsNull() });
      const row = { personId, secret: sealed, createdAt: new Date(), confirmedAt: null, lastStep: 0 };
      await manager.createQueryBuilder().insert().into(Authenticator).values(row).orIgnore().execute();
    });
  }

  /** The authenticator that is being added; null when none is. */
  async beingAdded(owner: Owner): Promise<Enrolment | null> {
    const row = await this.dataSource.manager.findOneBy(Authenticator, { personId: owner.id, confirmedAt: IsNull() });
    if (!row) return null;
    const totp = this.totpOf(row, owner.email);
    return { secret: totp.secret.base32, uri: totp.toString() };
  }

  /**
   * Adds the authenticator that shows this code, and tells its person by mail. From then on it is asked for.
   * @returns the recovery codes, which are never shown again; null when the code is not right
   * @throws TooManyTries
   */
  async confirm(owner: Owner, code: string): Promise<string[] | null> {
    await this.limits.allow(tries(owner.id), TRIES);
    return this.dataSource.transaction(async (manager) => {
      const row = await manager.findOneBy(Authenticator, { personId: owner.id, confirmedAt: IsNull() });
      const step = row && this.stepOf(row, code);
      if (!step) return null;
      const confirmed = { confirmedAt: new Date(), lastStep: step };
      const { affected } = await manager.update(
        Authenticator,
        { personId: owner.id, confirmedAt: IsNull() },
        confirmed,
      );
      if (!affected) return null;
      await this.tell(manager, owner, 'second_factor_added');
      return this.newCodes(manager, owner.id);
    });
  }

  /** Whether this is what the person's authenticator shows now, or one of their recovery codes. Each is taken once. @throws TooManyTries */
  async answer(personId: string, code: string): Promise<boolean> {
    await this.limits.allow(tries(personId), TRIES);
    return /^\s*\d{3}\s?\d{3}\s*$/.test(code) ? this.takeStep(personId, code) : this.takeRecoveryCode(personId, code);
  }

  /** New recovery codes; those from before are worth nothing. Null for somebody without a second factor. */
  async renewCodes({ id: personId }: Owner): Promise<string[] | null> {
    return this.dataSource.transaction(async (manager) => {
      const row = await manager.findOneBy(Authenticator, { personId });
      return row?.confirmedAt ? this.newCodes(manager, personId) : null;
    });
  }

  /** Turns it off, and tells the person by mail. Sessions in which it was answered owe again what others owe without it. */
  async remove(owner: Owner): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.delete(RecoveryCode, { personId: owner.id });
      const { affected } = await manager.delete(Authenticator, { personId: owner.id });
      await manager.update(Session, { personId: owner.id }, { secondFactorAt: null });
      if (affected) await this.tell(manager, owner, 'second_factor_removed');
    });
  }

  private async takeStep(personId: string, code: string): Promise<boolean> {
    const row = await this.dataSource.manager.findOneBy(Authenticator, { personId });
    const step = row?.confirmedAt ? this.stepOf(row, code) : null;
    if (!step) return false;
    // Of two that come at once, one finds it taken.
    const taken = await this.dataSource.manager.update(
      Authenticator,
      { personId, lastStep: LessThan(step) },
      { lastStep: step },
    );
    return taken.affected === 1;
  }

  private async takeRecoveryCode(personId: string, code: string): Promise<boolean> {
    const codeHash = this.hashOf(personId, readCode(code));
    return (await this.dataSource.manager.delete(RecoveryCode, { personId, codeHash })).affected === 1;
  }

  /** The step of time that a code belongs to; null for one that is wrong or not of now. */
  private stepOf(row: Authenticator, code: string): number | null {
    const totp = this.totpOf(row, '');
    const apart = totp.validate({ token: code.replace(/\s/g, ''), window: STEPS_APART });
    return apart === null ? null : totp.counter() + apart;
  }

  private totpOf({ personId, secret }: Authenticator, label: string): TOTP {
    return new TOTP({ issuer: 'Action48', label, secret: unseal(this.config.secretsKey, placeOf(personId), secret) });
  }

  private async newCodes(manager: EntityManager, personId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => newCode(RECOVERY_SIGNS));
    await manager.delete(RecoveryCode, { personId });
    await manager.insert(
      RecoveryCode,
      codes.map((code) => ({ personId, codeHash: this.hashOf(personId, code) })),
    );
    return codes;
  }

  private hashOf = (personId: string, code: string): string =>
    keyedHash(this.config.secretsKey, `recovery/${personId}`, code);

  private tell(
    manager: EntityManager,
    to: Owner,
    kind: 'second_factor_added' | 'second_factor_removed',
  ): Promise<void> {
    return queueAccountMail(manager, { kind, to, parameters: { path: '/account' } }, this.config);
  }
}

const placeOf = (personId: string): string => `authenticator/${personId}`;
const tries = (personId: string): string => `second-factor/${personId}`;
