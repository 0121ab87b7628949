/** What went wrong, then what to do about it; for whoever sits at the terminal. */
export function explain(error: unknown): string {
  const found = causes(error);
  const remedy = REMEDIES.find(({ when }) => found.some(({ code, message }) => when.test(`${code} ${message}`)));
  const cause = found.map(({ message }) => message).find((message) => message !== '') ?? String(error);
  return remedy ? `${cause}\n${remedy.say}` : cause;
}

const REMEDIES = [
  {
    when: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|57P03/,
    say: 'PostgreSQL does not answer: start it, or set DATABASE_URL to where it is. `action48 doctor` looks at every part.',
  },
  { when: /28P01|28000/, say: 'PostgreSQL refuses the login: correct the user and password in DATABASE_URL.' },
  { when: /3D000/, say: 'Create the database first, or correct its name in DATABASE_URL.' },
  { when: /42P01|42703/, say: 'The schema is not up to date: run `action48 migrate`.' },
];

interface Cause {
  code: string;
  message: string;
}

/** An error with those it holds: a refused connection to a host of two addresses says nothing itself. */
function causes(error: unknown): Cause[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, message, errors, driverError } = error as Partial<Cause> & {
    errors?: unknown[];
    driverError?: unknown;
  };
  const own = { code: String(code ?? ''), message: message ?? '' };
  return [own, ...(errors ?? []).flatMap(causes), ...(driverError === error ? [] : causes(driverError))];
}
