import type { DataSource } from 'typeorm';
import { State } from '#libs/database/entities/state.entity.js';
import type { Weekday } from '#libs/domain/calendar/calendar.js';
import rows from './data/states.json' with { type: 'json' };
import weekends from './data/weekends.json' with { type: 'json' };

/** The States of the reference data: each value with its source and confidence. Safe to run again. */
export async function seedReferenceData(dataSource: DataSource): Promise<void> {
  const states = rows.map(toState);
  await dataSource.manager.upsert(State, states, ['code']);
}

const dateOrNull = (text: string | undefined): string | null => (text ? text : null);

function toState(row: Record<string, string>): State {
  const value = (column: string): string => row[column] ?? '';
  return {
    code: value('iso3'),
    name: value('name'),
    region: value('region') === 'None' ? null : value('region') || null,
    ccmStatus: value('ccm_status'),
    language: value('working_language'),
    timezone: value('timezone'),
    weekend: (weekends.states as Record<string, Weekday[]>)[value('iso3')] ?? null,
    signed: dateOrNull(row['signed']),
    ratified: dateOrNull(row['ratified']),
    entryIntoForce: dateOrNull(row['entry_into_force']),
    article9Status: value('article9_status'),
    confidence: value('confidence'),
    source: value('source'),
    demo: false,
  };
}
