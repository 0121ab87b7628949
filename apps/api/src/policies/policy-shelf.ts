import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { readRules } from '#libs/case-store/case-rules.js';
import { productNow } from '#libs/case-store/product-time.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { PolicyVersionRow } from '#libs/database/entities/policy-version.entity.js';
import type { CalendarBook } from '#libs/domain/calendar/calendar-book.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import { DELIVERED_VERSION, versionInForce } from '#libs/domain/case/policy-book.js';

import { calendarTitles, CHOSEN_TITLES } from '#libs/rule-book/calendar-titles.js';

/** One version of the policy, with where it comes from. */
export interface VersionView {
  version: number;
  /** Null: from the beginning. Instants are ISO 8601. */
  effectiveFrom: string | null;
  recordedAt: string | null;
  author: { id: string; name: string } | null;
  /** Null for the one that the program brings. */
  reason: string | null;
  /** The one that a request submitted now would go by. */
  inForce: boolean;
  /** Published, and not begun yet. */
  ahead: boolean;
  openCases: number;
  clocks: readonly ClockPolicy[];
}

/** The versions of the policy for whoever reads them: pages and programs. */
@Injectable()
export class PolicyShelf {
  constructor(private readonly dataSource: DataSource) {}

  /** Every version, newest first. */
  async versions(): Promise<VersionView[]> {
    const { manager } = this.dataSource;
    const [{ policies }, rows, counts, now] = await Promise.all([
      readRules(manager),
      manager.find(PolicyVersionRow, {
        select: { version: true, recordedAt: true, authorId: true, reason: true },
      }),
      this.openCases(),
      productNow(manager),
    ]);
    const people = await manager.find(Person, {
      select: { id: true, name: true },
      where: { id: In(rows.map(({ authorId }) => authorId)) },
    });
    const current = versionInForce(policies, now);
    return policies.toReversed().map(({ version, from, clocks }) => {
      const row = rows.find((one) => one.version === version);
      const author = people.find(({ id }) => id === row?.authorId);
      return {
        version,
        effectiveFrom: Number.isFinite(from) ? new Date(from).toISOString() : null,
        recordedAt: row?.recordedAt.toISOString() ?? null,
        author: author ? { id: author.id, name: author.name } : null,
        reason: row?.reason ?? null,
        inForce: version === current,
        ahead: from > now,
        openCases: counts.get(version) ?? 0,
        clocks,
      };
    });
  }

  /** The version, and the one before it; null when there is no such version. */
  async version(number: number): Promise<{ version: VersionView; before: VersionView | null } | null> {
    const all = await this.versions();
    const at = all.findIndex(({ version }) => version === number);
    const version = all[at];
    return version ? { version, before: all[at + 1] ?? null } : null;
  }

  /** Every calendar that a clock may count on. */
  async calendars(): Promise<CalendarBook> {
    return (await readRules(this.dataSource.manager)).calendars;
  }

  /** What a clock's calendar is called, by its id. */
  async calendarTitles(): Promise<Map<string, string>> {
    return new Map([...(await calendarTitles(this.dataSource.manager)), ...Object.entries(CHOSEN_TITLES)]);
  }

  private async openCases(): Promise<Map<number, number>> {
    const rows = await this.dataSource.query<{ version: number; cases: number }[]>(
      `SELECT coalesce((state->>'policyVersion')::int, $1) AS version, count(*)::int AS cases
       FROM assistance_case WHERE ${OPEN} GROUP BY 1`,
      [DELIVERED_VERSION],
    );
    return new Map(rows.map(({ version, cases }) => [version, cases]));
  }
}

/** Cases on which something can still fall due, and that can be put on another version. */
export const OPEN = `NOT ended AND stage <> 'closed' AND coalesce(side_state, '') NOT IN ('withdrawn', 'declined', 'merged', 'referred')`;
