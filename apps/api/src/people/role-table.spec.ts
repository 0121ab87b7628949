import { ROLES } from '#libs/domain/access/roles.js';
import type { Role } from '#libs/domain/access/roles.js';
import { FORMS } from '../cases/forms/index.js';
import { roleTable } from './role-table.js';

const rowsOf = (title: string) => roleTable().find((group) => group.title === title)?.rows ?? [];
const cell = (words: string, role: Role) =>
  roleTable()
    .flatMap(({ rows }) => rows)
    .find((row) => row.words === words)?.cells[ROLES.indexOf(role)];

describe('the table of what each role may do', () => {
  it('has for every step of a case somebody who may take it', () => {
    for (const { words, cells } of rowsOf('Steps of a case'))
      expect({ words, somebody: cells.some((where) => where !== null) }).toEqual({ words, somebody: true });
  });

  it.each([
    ['Open a case', 'coordinator', 'every case'],
    ['Open a case', 'requester', 'cases of their State'],
    ['Open a case', 'responder', 'cases that they are invited to'],
    ['Open a case', 'observer', 'cases escalated to the President'],
    ['Open a case', 'admin', null],
    ['Open a case', 'state_admin', null],
    ['See internal notes', 'requester', null],
    [FORMS.triage.title, 'coordinator', 'cases that they own'],
    [FORMS.triage.title, 'coordinator_lead', 'every case'],
    ['Change an account and its roles', 'admin', 'everybody else'],
    ['Change an account and its roles', 'state_admin', 'the people of their office'],
    ['Say who is away, and who stands in', 'responder', 'themselves'],
    ['Publish calendars, the policy and the rules of mail', 'coordinator', null],
  ] as const)('says of “%s” for %s: %s', (words, role, where) => {
    expect(cell(words, role)).toBe(where);
  });
});
