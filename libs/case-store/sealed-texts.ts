import { uuidv7 } from 'uuidv7';
import { CaseText } from '#libs/database/entities/case-text.entity.js';
import type { NewEvent } from '#libs/domain/case/events.js';
import { newSalt, saltedHash } from './hashes.js';

/** Takes people's words out of an event and leaves their id and salted hash, so that they can be erased later. */
export function sealTexts(caseId: string, event: NewEvent): { event: NewEvent; texts: CaseText[] } {
  const texts: CaseText[] = [];
  const seal = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(seal);
    if ('plain' in value && typeof value.plain === 'string') {
      const row = Object.assign(new CaseText(), { id: uuidv7(), caseId, salt: newSalt(), content: value.plain });
      texts.push(row);
      return { textId: row.id, hash: saltedHash(row.salt, value.plain) };
    }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, seal(member)]));
  };
  return { event: { type: event.type, body: seal(event.body) } as NewEvent, texts };
}
