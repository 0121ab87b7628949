import { Person } from '#libs/database/entities/person.entity.js';
import { inDays } from './days.js';
import { HttpCase } from './http-case.js';
import { mailedAnswer } from './mailed-answer.js';
import type { MailedAnswer } from './mailed-answer.js';
import { TestSystem } from './system.js';

const DAY_PARTS = ['year', 'month', 'day'];

/** Who answers for Helvia besides its mission. */
export const COLLEAGUE = 'colleague@helvia.example';

/** Each answer that the page of a link takes, filled in. */
export const ANSWERS: Record<string, Record<string, string>> = {
  interested: {},
  decline: { why: 'capacity' },
  time: Object.fromEntries(
    inDays(7)
      .split('-')
      .map((part, index) => [`until-${DAY_PARTS[index]}`, part]),
  ),
  question: { question: 'Is there a draft?' },
  pass_on: { colleague: COLLEAGUE },
};

interface Told {
  type: string;
  actor: { name: string } | null;
  facts: Record<string, unknown>;
}

/** A system in which Helvia is asked by mail whether it can help, anew for every test. */
export class Answering {
  private constructor(
    readonly system: TestSystem,
    public one: HttpCase,
    public mail: MailedAnswer,
  ) {}

  static async start(): Promise<Answering> {
    const system = await TestSystem.start();
    const { manager } = system.dataSource;
    const { id: _, ...like } = await manager.findOneByOrFail(Person, { email: 'helvia@demo.action48.test' });
    await manager.insert(Person, { ...like, id: crypto.randomUUID(), email: COLLEAGUE });
    const one = await HttpCase.after(system, 'circulate');
    return new Answering(system, one, await mailedAnswer(system, one.reference, 'helvia'));
  }

  async again(): Promise<void> {
    await this.system.dataSource.query('DELETE FROM rate_limit');
    this.one = await HttpCase.after(this.system, 'circulate');
    this.mail = await mailedAnswer(this.system, this.one.reference, 'helvia');
  }

  visit = (path: string, init: RequestInit = {}) => fetch(this.system.url + path, { redirect: 'manual', ...init });

  send = (fields: Record<string, string>, path = this.mail.path) =>
    this.visit(path, { method: 'POST', body: new URLSearchParams(fields) });

  /** An answer by the link of a mail, with its code. */
  answer = (kind: string, changes: Record<string, string> = {}, { path, code } = this.mail) =>
    this.send({ answer: kind, ...ANSWERS[kind], code: code ?? '', ...changes }, path);

  async timeline(): Promise<Told[]> {
    const { body } = await this.one.get('coordinator', '/timeline');
    return (body.items ?? body) as Told[];
  }

  types = async () => (await this.timeline()).map(({ type }) => type);
}

/** What a page says between its header and its footer. */
export const main = async (response: Response) => /<main[^]*<\/main>/.exec(await response.text())?.[0] ?? '';
