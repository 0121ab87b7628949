import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { commandIdOf } from '#libs/case-store/hashes.js';
import { productNow } from '#libs/case-store/product-time.js';
import { AnswerToken } from '#libs/database/entities/answer-token.entity.js';
import { Command } from '#libs/database/entities/command.entity.js';
import type { CommandVerb } from '#libs/domain/case/commands/index.js';
import { hashOf } from '#libs/identity/tokens.js';
import { isWellMade, readCode } from '#libs/secrets/codes.js';
import { CODE_SIGNS, codeHashOf } from './answer-links.js';

/** So many different codes may be wrong before the link is good for nothing. */
export const MOST_WRONG_CODES = 5;

/** As long as a step of a case may take at most, about. */
const LOOKS = 30;
const BETWEEN_LOOKS_MS = 100;

/** Why a link cannot be used any more. */
export type Gone = 'used' | 'over' | 'locked';

/** What came of a typed code. `not_a_code`: nothing that was ever made; it is not counted. */
export type Typed = { verdict: 'right' | 'not_a_code' | 'locked' } | { verdict: 'wrong'; left: number };

/** The command of an answer by a link: one link, one answer. */
export const answerKey = ({ handleHash }: Pick<AnswerToken, 'handleHash'>): string => `answer-link/${handleHash}`;

/** Links to answer by: found by what stands in their address, opened by the code that is typed. */
export class AnswerTokens {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secretsKey: string,
  ) {}

  find(handle: string): Promise<AnswerToken | null> {
    return this.dataSource.manager.findOneBy(AnswerToken, { handleHash: hashOf(handle) });
  }

  /** Null while it can be used. */
  async gone({ usedAt, revokedAt, expiresAt, wrongCodes }: AnswerToken): Promise<Gone | null> {
    if (usedAt) return 'used';
    if (revokedAt || expiresAt.getTime() <= (await productNow(this.dataSource.manager))) return 'over';
    return wrongCodes.length >= MOST_WRONG_CODES ? 'locked' : null;
  }

  /**
   * Only codes that could be one are counted, and the same one once: neither a slip of the hand nor a machine that fills
   * in forms locks anybody out.
   */
  async tryCode({ handleHash, codeHash, wrongCodes }: AnswerToken, typed: string): Promise<Typed> {
    if (wrongCodes.length >= MOST_WRONG_CODES) return { verdict: 'locked' };
    const code = readCode(typed);
    if (!isWellMade(code, CODE_SIGNS)) return { verdict: 'not_a_code' };
    const hash = codeHashOf(this.secretsKey, handleHash, code);
    if (hash === codeHash) return { verdict: 'right' };
    const [rows] = await this.dataSource.query<[{ wrong: number }[], number]>(
      `UPDATE answer_token SET wrong_codes = CASE WHEN $2 = ANY (wrong_codes) OR cardinality(wrong_codes) >= $3
         THEN wrong_codes ELSE array_append(wrong_codes, $2) END
       WHERE handle_hash = $1 RETURNING cardinality(wrong_codes) AS wrong`,
      [handleHash, hash, MOST_WRONG_CODES],
    );
    const left = MOST_WRONG_CODES - (rows[0]?.wrong ?? MOST_WRONG_CODES);
    return left > 0 ? { verdict: 'wrong', left } : { verdict: 'locked' };
  }

  /** The step that was taken by this link; null while none was. */
  async recorded(token: AnswerToken): Promise<CommandVerb | null> {
    const id = commandIdOf(token.personId, answerKey(token));
    const command = await this.dataSource.manager.findOneBy(Command, { id });
    return command?.appliedAt ? (command.verb as CommandVerb) : null;
  }

  /** The same, of an answer that may be on its way: somebody has pressed two buttons. */
  async recordedSoon(token: AnswerToken): Promise<CommandVerb | null> {
    for (let looks = 0; looks < LOOKS; looks += 1) {
      const verb = await this.recorded(token);
      if (verb || !(await this.isOnItsWay(token))) return verb;
      await sleep(BETWEEN_LOOKS_MS);
    }
    return null;
  }

  private isOnItsWay(token: AnswerToken): Promise<boolean> {
    return this.dataSource.manager.existsBy(Command, { id: commandIdOf(token.personId, answerKey(token)) });
  }

  async use({ handleHash }: AnswerToken): Promise<void> {
    await this.dataSource.query('UPDATE answer_token SET used_at = coalesce(used_at, now()) WHERE handle_hash = $1', [
      handleHash,
    ]);
  }
}
