import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Person } from '#libs/database/entities/person.entity.js';
import { RequestDraft } from '#libs/database/entities/request-draft.entity.js';
import { StandingOffer } from '#libs/database/entities/standing-offer.entity.js';

const DAY_MS = 86_400_000;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Drafts that nobody has touched for some days, and standing offers that end within some: of people of the demonstration. */
export async function seedResting(
  dataSource: DataSource,
  now: number,
  { idle, ending }: { idle: number[]; ending: number[] },
): Promise<void> {
  const { manager } = dataSource;
  const [focalPoint] = await manager.findBy(Person, { email: 'aurelia@demo.action48.test' });
  const [responder] = await manager.findBy(Person, { email: 'legalaid@demo.action48.test' });
  const author = focalPoint?.id ?? '';
  for (const days of idle)
    await manager.insert(RequestDraft, {
      ...{ id: randomUUID(), personId: author, answers: {}, reference: null },
      updatedAt: new Date(now - days * DAY_MS),
    });
  for (const days of ending)
    await manager.insert(StandingOffer, {
      ...{ id: randomUUID(), organisationId: responder?.organisationId ?? '', authorId: responder?.id ?? '' },
      ...{ needTypes: ['drafting'], legalSystems: ['civil'], languages: ['fr'], regions: [], states: [] },
      ...{ modalities: ['remote'], funding: false, capacityPerYear: 3, leadTimeDays: 20, conditions: '' },
      ...{ contactName: 'Ana Lopes', contactEmail: 'ana@legalaid.test', public: true },
      ...{ validUntil: day(now + days * DAY_MS), withdrawnAt: null },
      ...{ confirmedAt: new Date(now - 200 * DAY_MS), createdAt: new Date(now - 200 * DAY_MS) },
    });
}
