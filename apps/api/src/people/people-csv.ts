import type { PersonView } from '#libs/people/people-list.js';
import { csvText } from '../layout/csv.js';

const COLUMNS = [
  ...['name', 'email', 'organisation', 'roles', 'state', 'language', 'timezone', 'leave_from', 'leave_until', 'deputy'],
];

/** People for a spreadsheet. */
export const csvOfPeople = (people: readonly PersonView[]): string =>
  csvText([
    COLUMNS,
    ...people.map(({ name, email, organisation, roles, state, language, timezone, leave, delegate }) => [
      ...[name, email, organisation?.code ?? '', roles.join(' '), state, language, timezone],
      ...[leave?.from ?? '', leave?.until ?? '', delegate?.name ?? ''],
    ]),
  ]);
