import type { EntityManager } from 'typeorm';
import { GENESIS } from '#libs/case-store/event-log.js';
import { AdminEvent } from '#libs/database/entities/admin-event.entity.js';
import { hashOfAdminEvent } from './admin-events.js';
import { found } from './finding.js';
import type { Finding } from './finding.js';

const PAGE = 1_000;

/** Recomputes the one chain of administrative acts, from the first to the last. */
export async function verifyAdminEvents(manager: EntityManager): Promise<{ rows: number; findings: Finding[] }> {
  let [rows, previous] = [0, GENESIS];
  for (;;) {
    const page = await manager
      .createQueryBuilder(AdminEvent, 'one')
      .where('one.id > :rows', { rows })
      .orderBy('one.id')
      .limit(PAGE)
      .getMany();
    for (const event of page) {
      const holds = event.id === rows + 1 && event.previousHash === previous && event.hash === hashOfAdminEvent(event);
      if (!holds) return { rows, findings: [found('admin', 'admin_event', 'adminBreaks', { version: rows + 1 })] };
      rows = event.id;
      previous = event.hash;
    }
    if (page.length < PAGE) return { rows, findings: [] };
  }
}
