import { LessThan } from 'typeorm';
import type { DataSource } from 'typeorm';
import { SignInAttempt } from '#libs/database/entities/sign-in-attempt.entity.js';
import { MINUTE_MS } from './last-use.js';
import { hashOf, newToken } from './tokens.js';

/** What is remembered between the beginning of a sign-in and its end, by kind of attempt. */
export interface AttemptData {
  /** At an identity provider. */
  provider: { state: string; nonce: string; codeVerifier: string; next: string };
  /** With a passkey: what the device must sign. */
  passkey: { challenge: string };
  /** Adding a passkey to an account. */
  'new-passkey': { challenge: string; personId: string };
}

/** Sign-ins that have begun: kept here, and known to one browser alone by a secret in its cookie. */
export class SignInAttempts {
  constructor(private readonly dataSource: DataSource) {}

  /** Returns the secret for the browser. Clears away what has run out. */
  async begin<Kind extends keyof AttemptData>(kind: Kind, data: AttemptData[Kind], minutes: number): Promise<string> {
    const secret = newToken();
    const { manager } = this.dataSource;
    await manager.delete(SignInAttempt, { expiresAt: LessThan(new Date()) });
    const expiresAt = new Date(Date.now() + minutes * MINUTE_MS);
    await manager.insert(SignInAttempt, { secretHash: hashOf(secret), kind, data, expiresAt });
    return secret;
  }

  /** What was remembered, once: it is forgotten with that. Null when there is nothing, or it has run out. */
  async take<Kind extends keyof AttemptData>(
    kind: Kind,
    secret: string | undefined,
  ): Promise<AttemptData[Kind] | null> {
    if (!secret) return null;
    // One statement, so that two who come with the same secret do not both find it.
    const [rows] = await this.dataSource.query<[{ data: AttemptData[Kind]; expires_at: Date }[], number]>(
      'DELETE FROM sign_in_attempt WHERE secret_hash = $1 AND kind = $2 RETURNING data, expires_at',
      [hashOf(secret), kind],
    );
    const [row] = rows;
    return row && row.expires_at.getTime() > Date.now() ? row.data : null;
  }
}
