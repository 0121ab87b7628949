import { Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { Config } from '#libs/config/config.js';
import { SignInAttempts } from '#libs/identity/sign-in-attempts.js';
import type { AttemptData } from '#libs/identity/sign-in-attempts.js';
import { cookieOptions, readCookie } from '../identity/cookies.js';

const COOKIE = 'action48_passkey';
const MINUTES = 5;
type Kind = 'passkey' | 'new-passkey';

/** Challenges for devices: each for one browser, once, and for five minutes. */
@Injectable()
export class PasskeyAttempts {
  constructor(
    private readonly attempts: SignInAttempts,
    private readonly config: Config,
  ) {}

  async begin<K extends Kind>(kind: K, data: AttemptData[K], response: Response): Promise<void> {
    response.cookie(COOKIE, await this.attempts.begin(kind, data, MINUTES), {
      ...this.cookie(),
      maxAge: MINUTES * 60_000,
    });
  }

  async take<K extends Kind>(kind: K, request: Request, response: Response): Promise<AttemptData[K] | null> {
    response.clearCookie(COOKIE, this.cookie());
    return this.attempts.take(kind, readCookie(request, COOKIE));
  }

  private cookie = (): CookieOptions => ({ ...cookieOptions(this.config.publicUrl), sameSite: 'strict' });
}

/** What the script has put into the form; null when it is no JSON. */
export function deviceAnswer(text: unknown): unknown {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : null;
  } catch {
    return null;
  }
}
