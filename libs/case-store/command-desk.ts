import type { DataSource } from 'typeorm';
import { Command } from '#libs/database/entities/command.entity.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { canonicalJson } from './canonical-json.js';
import { commandIdOf, sha256 } from './hashes.js';
import { clockOffsetMs } from './product-time.js';

/** The same idempotency key was used for something else. */
export class KeyReused extends Error {
  override name = 'KeyReused';

  constructor() {
    super('This Idempotency-Key was used before with another request. Use a new key for a new request.');
  }
}

export interface ReceivedCommand {
  commandId: string;
  /** Names this receipt of the command: kept by a repeat, new when the key is used again after a refusal. */
  updateId: string;
  /** Version right after the command, when it has been applied already. */
  appliedVersion: number | null;
}

interface CommandRow {
  payload_hash: string;
  received_at: Date;
  applied_at: Date | null;
  result_version: number | null;
}

/**
 * Takes commands in: the body goes to PostgreSQL before Temporal hears of it, so that Temporal carries ids only
 * and nothing that was accepted can be lost.
 */
export class CommandDesk {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * @param at when the API took it in (epoch ms, real time)
   * @throws KeyReused when the key names another command
   */
  async receive(
    caseId: string,
    actorId: string,
    key: string,
    command: CaseCommand,
    at = Date.now(),
  ): Promise<ReceivedCommand> {
    const commandId = commandIdOf(actorId, key);
    const payloadHash = sha256(canonicalJson({ caseId, ...command }));
    const { manager } = this.dataSource;
    const receivedAt = new Date(at + (await clockOffsetMs(manager)));
    // One statement, so that a refusal that is being forgotten elsewhere cannot come between writing and reading.
    const [row] = await manager.query<[CommandRow]>(
      `INSERT INTO command (id, case_id, actor_id, verb, payload_hash, body, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (id) DO UPDATE SET id = excluded.id
       RETURNING payload_hash, received_at, applied_at, result_version`,
      [commandId, caseId, actorId, command.verb, payloadHash, JSON.stringify(command.body), receivedAt],
    );
    if (row.payload_hash !== payloadHash) throw new KeyReused();
    const updateId = `${commandId}@${row.received_at.getTime()}`;
    return { commandId, updateId, appliedVersion: row.applied_at ? row.result_version : null };
  }

  /** Version right after the command; null while it has not been applied. */
  async appliedVersion(commandId: string): Promise<number | null> {
    const row = await this.dataSource.manager.findOneBy(Command, { id: commandId });
    return row?.appliedAt ? row.resultVersion : null;
  }

  /** A refused command leaves nothing behind: its key may be used again, also for something else. */
  async forget(commandId: string): Promise<void> {
    await this.dataSource.manager.query('DELETE FROM command WHERE id = $1 AND applied_at IS NULL', [commandId]);
  }
}
