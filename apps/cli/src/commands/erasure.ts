import { CaseStore, NotEnded } from '#libs/case-store/case-store.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { ERASURE_CLASSES } from '#libs/domain/retention/retention-policy.js';
import type { ErasureClass } from '#libs/domain/retention/retention-policy.js';
import { CaseErasure } from '#libs/erasure/case-erasure.js';
import { heldData } from '#libs/erasure/held-data.js';
import { NobodyToErase, PersonErasure } from '#libs/erasure/person-erasure.js';
import { StandsInTheWay } from '#libs/people/refused.js';
import { Retention } from '#libs/erasure/retention.js';
import type { CliCommand, CommandContext } from '../command.js';
import { UsageError } from '../command.js';

const erasureOf = async ({ database }: CommandContext): Promise<CaseErasure> => {
  const dataSource = await database();
  return new CaseErasure(dataSource, new CaseStore(dataSource));
};

const isClass = (word: string | undefined): word is ErasureClass => ERASURE_CLASSES.includes(word as ErasureClass);

/** `action48 case erase REF CLASS`: on request, before its time is over. */
export const caseErase: CliCommand = {
  words: 'case erase',
  takes: 'REF CLASS',
  says: 'erase the contacts of an ended case, or its content (which keeps the summary); it cannot be undone',
  run: async (context) => {
    const [reference = '', what] = context.args;
    if (!isClass(what)) throw new UsageError(`Say what is to be erased: ${ERASURE_CLASSES.join(' or ')}.`);
    const row = await (await context.database()).manager.findOneBy(AssistanceCase, { reference });
    if (!row) throw new UsageError(`There is no case ${reference}. \`action48 case list\` names them.`);
    try {
      const erased = await (await erasureOf(context)).erase(row.id, what, 'request');
      context.print({ reference, what, erased }, [
        `${reference}: ${what} ${erased ? 'erased' : 'had been erased before'}`,
      ]);
      return 0;
    } catch (error) {
      if (!(error instanceof NotEnded)) throw error;
      context.print({ reference, what, erased: false, why: error.message }, [`${reference}: ${error.message}`]);
      return 1;
    }
  },
};

/** `action48 person erase EMAIL`: who somebody was; what they wrote in a case stays with the case. */
export const personErase: CliCommand = {
  words: 'person erase',
  takes: 'EMAIL',
  says: 'erase a person: name, address, sign-in, sessions, drafts; it cannot be undone',
  run: async ({ args, database, print }) => {
    const email = (args[0] ?? '').trim().toLowerCase();
    const dataSource = await database();
    const person = await dataSource.manager.findOneBy(Person, { email });
    if (!person) throw new UsageError('There is nobody with this address.');
    await new PersonErasure(dataSource).erase(person.id, null, 'request').catch((error: unknown) => {
      throw error instanceof NobodyToErase || error instanceof StandsInTheWay ? new UsageError(error.message) : error;
    });
    print({ personId: person.id, erased: true }, [`person ${person.id} erased`]);
    return 0;
  },
};

/** `action48 person data EMAIL`: everything that is held on somebody, to be handed to them on request. */
export const personData: CliCommand = {
  words: 'person data',
  takes: 'EMAIL',
  says: 'print everything that is held on a person (JSON), without secrets',
  run: async ({ args, database, print }) => {
    const { manager } = await database();
    const person = await manager.findOneBy(Person, { email: (args[0] ?? '').trim().toLowerCase() });
    if (!person) throw new UsageError('There is nobody with this address.');
    const held = await heldData(manager, person, true);
    print(held, [JSON.stringify(held, null, 2)]);
    return 0;
  },
};

/** `action48 retention [--dry-run]`: what has been kept for as long as it may be. */
export const retention: CliCommand = {
  words: 'retention',
  says: 'erase what is over its time; with --dry-run only list it',
  run: async (context) => {
    const service = new Retention(await context.database(), await erasureOf(context));
    const { dryRun } = context.options;
    const found = dryRun ? await service.due() : await service.run();
    context.print({ dryRun, erasures: found }, [
      ...found.map(({ reference, what, endedAt, overSince, rule }) =>
        [reference, what.padEnd(8), `ended ${endedAt}`, `over since ${overSince}`, rule].join('  '),
      ),
      `${found.length} ${dryRun ? 'would be erased' : 'erased'}`,
    ]);
    return 0;
  },
};
