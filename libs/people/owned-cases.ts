import { In, IsNull, Not } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { StandsInTheWay } from './refused.js';

/** References of the open cases that somebody owns. */
export async function ownedCases(manager: EntityManager, ownerId: string): Promise<string[]> {
  const open = { ownerId, stage: Not('closed') };
  const cases = await manager.find(AssistanceCase, {
    select: { reference: true },
    where: [
      { ...open, sideState: IsNull() },
      { ...open, sideState: In(['suspended', 'dormant']) },
    ],
    order: { reference: 'ASC' },
  });
  return cases.map(({ reference }) => reference);
}

/** No case is ever left with an owner who cannot look after it. @throws StandsInTheWay, with the cases */
export async function refuseWhileOwning(manager: EntityManager, ownerId: string): Promise<void> {
  const cases = await ownedCases(manager, ownerId);
  if (cases.length)
    throw new StandsInTheWay(
      'owns-open-cases',
      'Open cases of theirs need another owner first: {cases}. A coordinator or their lead hands them over.',
      { cases: cases.join(', ') },
      { cases },
    );
}
