import { readFileSync } from 'node:fs';

/** What somebody meets at a door. */
export type Mark = 'yes' | 'no' | '·' | '→';
export const MARKS: readonly string[] = ['yes', 'no', '·', '→'];

/** One way to one thing; in the place of a case's verb, a verb may have a row of its own. */
export interface Door {
  method: string;
  /** With parameters as `:name`. */
  path: string;
}

export interface Row extends Door {
  /** Heading under which it stands. */
  channel: string;
  /** By column. */
  marks: Record<string, string>;
}

export const DECLARATION = 'docs/permissions.md';

const cells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''));

/** The tables of the page: one row a door, one column a person. Other tables are not read. */
export function permissionTable(text = readFileSync(DECLARATION, 'utf8')): Row[] {
  let people: string[] = [];
  let channel = '';
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) channel = line.slice(3);
    if (!line.startsWith('| ')) return [];
    const [method = '', path = '', ...marks] = cells(line);
    if (method === 'method') people = marks;
    if (!path.startsWith('/')) return [];
    return [{ channel, method, path, marks: Object.fromEntries(people.map((who, at) => [who, marks[at] ?? ''])) }];
  });
}

/**
 * The mark for an answer; whatever lies behind the door (a wrong form, a step that is not possible now) is a yes. A server
 * that fails says nothing of who may, so that its status is no mark of the table; one that says that a part is away does.
 */
export function markOf({ status, headers }: Pick<Response, 'status' | 'headers'>): string {
  if (status >= 500 && status !== 503) return String(status);
  if (status === 401 || headers.get('location')?.startsWith('/sign-in?next=')) return '→';
  if (status === 403) return 'no';
  return status === 404 ? '·' : 'yes';
}

export const nameOf = ({ method, path }: Door): string => `${method} ${path}`;
