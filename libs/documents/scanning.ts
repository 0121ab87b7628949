import type { DataSource } from 'typeorm';
import { DocumentContent } from '#libs/database/entities/document-content.entity.js';
import { Document } from '#libs/database/entities/document.entity.js';
import { unsealBytes, Unreadable } from '#libs/secrets/secret-box.js';
import { Clamd, NotScanned } from './clamd.js';
import type { Verdict } from './clamd.js';
import { placeOf } from './storing.js';

/** A file that the scanner cannot look through is shown to it again after so long. */
const AGAIN_MINUTES = 15;
const BATCH = 20;

/** Has the scanner look through what waits. Safe to run at several places and any number of times. */
export class Scanning {
  /** @param scanner null: the deployment has said that files are checked by their type only */
  constructor(
    private readonly dataSource: DataSource,
    private readonly secretsKey: string,
    private readonly scanner: Pick<Clamd, 'scan'> | null,
  ) {}

  /** One round; how many documents left the quarantine. @throws ScannerAway: what waits goes on waiting */
  async pass(): Promise<number> {
    // What is on a case first: nobody waits for what strangers send.
    const waiting = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM document WHERE state = 'quarantined' AND erased_at IS NULL AND scan_after <= now()
       ORDER BY case_id IS NULL, scan_after, id LIMIT ${BATCH}`,
    );
    let settled = 0;
    for (const { id } of waiting) settled += (await this.scan(id)) ? 1 : 0;
    return settled;
  }

  private async scan(id: string): Promise<boolean> {
    const kept = await this.dataSource.manager.findOneBy(DocumentContent, { documentId: id });
    if (!kept) return false;
    try {
      const content = unsealBytes(this.secretsKey, placeOf(id), kept.sealed);
      const verdict: Verdict = this.scanner ? await this.scanner.scan(content) : { clean: true };
      return await this.settle(id, verdict);
    } catch (error) {
      // One that cannot be read or looked through keeps none of the others waiting.
      if (!(error instanceof NotScanned || error instanceof Unreadable)) throw error;
      await this.dataSource.query(
        `UPDATE document SET scan_after = now() + make_interval(mins => ${AGAIN_MINUTES}) WHERE id = $1`,
        [id],
      );
      return false;
    }
  }

  /** What is infected is not kept: its row says what was found. */
  private settle(id: string, verdict: Verdict): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const done = await manager.update(
        Document,
        { id, state: 'quarantined' },
        {
          state: verdict.clean ? 'clean' : 'infected',
          reason: verdict.clean ? null : verdict.found,
          checkedBy: this.scanner ? 'scanner' : 'type',
          checkedAt: new Date(),
          ...(!verdict.clean && { erasedAt: new Date() }),
        },
      );
      if (done.affected && !verdict.clean) await manager.delete(DocumentContent, { documentId: id });
      return Boolean(done.affected);
    });
  }
}

/** The scanning that a deployment has set up; null while it has said nothing of a scanner, so that everything waits. */
export function scanningOf(
  dataSource: DataSource,
  { scannerAddress, secretsKey }: { scannerAddress: string; secretsKey: string },
): Scanning | null {
  if (scannerAddress === '') return null;
  return new Scanning(dataSource, secretsKey, scannerAddress === 'none' ? null : new Clamd(scannerAddress));
}
