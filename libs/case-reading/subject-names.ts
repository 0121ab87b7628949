import type { EntityManager } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import type { LoggedEvent } from '#libs/domain/case/events.js';

/** A cycle of a clock, as far as its subject is concerned. */
interface Cycle {
  subject: string;
}

/**
 * Names the subjects of many cases' cycles: organisations, whose offer or question it was, sides, follow-ups. Milestones,
 * whose titles are people's words, are counted.
 */
export async function subjectNames(
  manager: EntityManager,
): Promise<(cycle: Cycle, log: readonly LoggedEvent[]) => string> {
  const organisations = await manager.find(Organisation, { select: { id: true, name: true } });
  const names = new Map(organisations.map(({ id, name }) => [id, name]));
  return ({ subject }, log) => {
    if (!subject) return '';
    const own = names.get(subject);
    if (own !== undefined) return own;
    for (const { body } of log) {
      const named =
        ('offerId' in body && body.offerId === subject) || ('questionId' in body && body.questionId === subject);
      if (named && 'organisationId' in body && body.organisationId) return names.get(body.organisationId) ?? '';
      if ('milestones' in body && Array.isArray(body.milestones)) {
        const number = body.milestones.findIndex(({ id }) => id === subject);
        if (number >= 0) return String(number + 1);
      }
    }
    return subject.replaceAll('_', ' ');
  };
}
