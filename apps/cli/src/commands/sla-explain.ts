import { clockExplanations } from '#libs/case-reading/clock-explanations.js';
import { readRecord } from '#libs/case-reading/case-record.js';
import { WHOLE_REACH } from '#libs/case-reading/reach.js';
import { stepMails } from '#libs/case-reading/step-mails.js';
import { productNow } from '#libs/case-store/product-time.js';
import type { CliCommand } from '../command.js';
import { UsageError } from '../command.js';
import { explanationText } from './explanation-text.js';

/** `action48 sla explain REF CLOCK`: why each cycle of a clock is due when it is. */
export const slaExplain: CliCommand = {
  words: 'sla explain',
  takes: 'REF CLOCK',
  says: 'say why a clock of a case is due when it is: what counted, what did not, by which rule',
  run: async ({ args: [reference, name], database, print }) => {
    if (!reference || !name) throw new UsageError('Name the case and the clock: action48 sla explain REF CLOCK');
    const { manager } = await database();
    const record = await readRecord(manager, reference);
    if (!record) throw new UsageError(`There is no case ${reference}. \`action48 case list\` names them.`);
    const at = await productNow(manager);
    const all = record.runs();
    const names = [...new Set(all.map(({ policy }) => policy.name))];
    if (!names.includes(name)) throw new UsageError(`${reference} has no clock ${name}. It has: ${names.join(', ')}.`);
    const runs = all.filter(({ policy }) => policy.name === name);
    const mails = await stepMails(manager, record.row.id, name);
    const items = clockExplanations(runs, all, record, { reach: WHOLE_REACH, at, mails, zones: [] });
    print(
      { items },
      items.flatMap((item, index) => [...(index ? [''] : []), ...explanationText(item)]),
    );
    return 0;
  },
};
