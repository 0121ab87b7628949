import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CASE_PEOPLE } from '../../../test/support/case-people.js';
import type { Who } from '../../../test/support/case-people.js';
import { broughtTo } from '../../../test/support/case-routes.js';
import { CANARY_FORM, FORM_FIELDS, LETTERS } from '../../../test/support/form-letters.js';
import type { FormField } from '../../../test/support/form-letters.js';
import { FIELD_GROUPS, GROUNDS, visibleFields } from '../access/visible-fields.js';
import { EVENT_FIELDS, mayReadField } from './event-letters.js';
import type { EventType } from './events.js';
import { FORM_LETTERS, untilReleased, visibleForm } from './field-letters.js';
import type { RequestForm } from './request-form.js';

const NOW = Date.parse('2026-11-25T10:00:00Z');
/** The letters that each person reads of the same case in delivery, which has climbed to the President. */
const READS: Record<Who | 'lead who opened it' | 'lead who owns it', string> = {
  'focal point': 'RPS',
  'another State': '',
  owner: 'RPS',
  coordinator: 'RPS',
  lead: 'PS',
  'lead who opened it': 'RPS',
  'lead who owns it': 'RPS',
  isu: 'RPS',
  president: 'S',
  legalaid: 'PS',
  coalition: 'PS',
  helvia: '',
  zelandia: '',
  admin: '',
  nobody: '',
};

const FULL: Required<RequestForm> = {
  ...(CANARY_FORM as Required<RequestForm>),
  stageOfRatification: 'cabinet',
  receivedAt: '2026-11-01T10:00:00Z',
};
const delivery = { ...broughtTo('delivery').state, escalatedTo: 3 };

function fieldsOf(who: keyof typeof READS, form: RequestForm): FormField[] {
  const actor = CASE_PEOPLE[who.startsWith('lead') ? 'lead' : (who as Who)];
  const state = {
    ...delivery,
    ...(who === 'lead who opened it' && { glass: { lead: NOW + 1 } }),
    ...(who === 'lead who owns it' && { ownerId: 'lead' }),
  };
  return Object.keys(visibleForm(form, visibleFields(actor, state, NOW))) as FormField[];
}

describe('the letters of the request form', () => {
  it('are looked at with a request that has every field', () => {
    expect(Object.keys(FULL).sort()).toEqual(Object.keys(FORM_LETTERS).sort());
  });

  it.each(['none', 'anonymous_statistics', 'summary'] as const)(
    'show every person every field that they may read, and no other, when the State agrees to: %s',
    (publicSummaryConsent) => {
      const letter = (field: FormField) =>
        LETTERS[field] === '?' ? (publicSummaryConsent === 'summary' ? 'S' : 'R') : LETTERS[field];
      const wrong = (Object.keys(READS) as (keyof typeof READS)[]).flatMap((who) => {
        const seen = fieldsOf(who, { ...FULL, publicSummaryConsent });
        return FORM_FIELDS.filter((field) => seen.includes(field) !== READS[who].includes(letter(field))).map(
          (field) => `${who}: ${field}`,
        );
      });
      expect(wrong).toEqual([]);
    },
  );

  it('let nobody read a field that has no letter, as in a request of a later release', () => {
    const form = { ...FULL, bankAccount: 'CH00' } as unknown as RequestForm;
    expect(visibleForm(form, new Set(FIELD_GROUPS))).not.toHaveProperty('bankAccount');
    expect(mayReadField('note_added', 'attachment', new Set(FIELD_GROUPS))).toBe(false);
    expect(mayReadField('note_added', 'constructor', new Set(FIELD_GROUPS))).toBe(false);
  });

  it('keep a draft of a bill restricted until it is released', () => {
    expect([untilReleased({ released: false }), untilReleased({ released: true })]).toEqual(['R', 'P']);
  });
});

describe('the page about confidentiality', () => {
  const page = readFileSync(join(__dirname, '../../../docs/confidentiality.md'), 'utf8');
  /** The rows of the first table under a heading, each as its cells. */
  const table = (heading: string): string[][] =>
    (page.split(`## ${heading}\n`)[1] ?? '')
      .split('\n## ')[0]!
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim().replaceAll('`', '')),
      );

  it('names the letter of every field', () => {
    const told = Object.fromEntries(table('The letters of the request form').map(([field, letter]) => [field, letter]));
    const rules = Object.entries(FORM_LETTERS).map(([field, rule]) => [
      field,
      typeof rule === 'string' ? rule : 'S by consent, else R',
    ]);
    expect(told).toEqual(Object.fromEntries(rules));
  });

  /** Somebody who is asked to take a case over reads it as what they are besides: here what comes on top for a lead. */
  const addedByReceiving = () => {
    const asLead = visibleFields(CASE_PEOPLE.lead, delivery, NOW);
    const asked = { ...delivery, handOver: { to: 'lead', from: 'owner' } };
    return new Set([...visibleFields(CASE_PEOPLE.lead, asked, NOW)].filter((group) => !asLead.has(group)));
  };

  it('says for every ground which groups it opens', () => {
    const told = Object.fromEntries(
      table('Who sees what').map(([ground = '', ...cells]) => [ground, cells.map((cell) => cell === 'yes')]),
    );
    const people: Record<string, () => ReadonlySet<string>> = {
      coordinator: () => visibleFields(CASE_PEOPLE.coordinator, delivery, NOW),
      lead: () => visibleFields(CASE_PEOPLE.lead, delivery, NOW),
      isu: () => visibleFields(CASE_PEOPLE.isu, delivery, NOW),
      owner: () => visibleFields(CASE_PEOPLE.owner, delivery, NOW),
      hand_over_receiver: () => addedByReceiving(),
      requester: () => visibleFields(CASE_PEOPLE['focal point'], delivery, NOW),
      invited_responder: () => visibleFields(CASE_PEOPLE.coalition, delivery, NOW),
      accepted_responder: () => visibleFields(CASE_PEOPLE.legalaid, delivery, NOW),
      observer: () => visibleFields(CASE_PEOPLE.president, delivery, NOW),
      break_glass: () => visibleFields(CASE_PEOPLE.lead, { ...delivery, glass: { lead: NOW + 1 } }, NOW),
    };
    const rights = GROUNDS.map((ground) => [ground, FIELD_GROUPS.map((group) => people[ground]?.().has(group))]);
    expect(told).toEqual(Object.fromEntries(rights));
  });

  it('lists every text of the process that is restricted or internal', () => {
    const told = table('Words of the process').flatMap(([group = '', fields = '']) =>
      fields.split(', ').map((field) => `${group} ${field}`),
    );
    const rules = (Object.keys(EVENT_FIELDS) as EventType[]).flatMap((type) =>
      Object.entries(EVENT_FIELDS[type])
        .filter(([, group]) => group === 'restricted' || group === 'internal')
        .map(([field, group]) => `${String(group)} ${type}.${field}`),
    );
    expect(told.sort()).toEqual(rules.sort());
  });
});
