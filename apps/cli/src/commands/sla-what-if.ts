import { readFileSync } from 'node:fs';
import { readRules } from '#libs/case-store/case-rules.js';
import type { DraftRule } from '#libs/domain/case/what-if.js';
import { NotPublishable } from '#libs/rule-book/publication.js';
import { readDraft, readStoredDraft } from '#libs/rule-book/read-draft.js';
import { runWhatIf } from '#libs/rule-book/what-if.js';
import type { CliCommand, CommandContext } from '../command.js';
import { UsageError } from '../command.js';
import { changeLine, progressTo, resultData, summaryOf } from './change-lines.js';

const CALL = 'action48 sla what-if DRAFT.json [--from-now], or: action48 sla what-if --draft ID [--from-now]';

/** `action48 sla what-if DRAFT.json`: every deadline and verdict that a draft would change. Writes nothing. */
export const slaWhatIf: CliCommand = {
  words: 'sla what-if',
  takes: 'FILE',
  says: 'list what a draft rule would change, had it always been so (--from-now: on open cases; --draft ID: a stored draft)',
  run: async (context) => {
    const draft = await draftOf(context);
    const { options, print, progress } = context;
    const question = options.fromNow ? 'from_now' : 'always';
    const result = await runWhatIf(await context.database(), draft, question, { onProgress: progressTo(progress) });
    print({ question, ...resultData(result) }, [summaryOf(result), ...result.changes.map(changeLine)]);
    return 0;
  },
};

async function draftOf({ args: [file], options, database }: CommandContext): Promise<DraftRule> {
  if ((file === undefined) === (options.draft === undefined)) throw new UsageError(`Give one draft: ${CALL}`);
  const given = file === undefined ? null : { file, content: contentOf(file) };
  const { manager } = await database();
  const rules = await readRules(manager);
  try {
    if (given) return readDraft(given.content, rules);
    const stored = await readStoredDraft(manager, options.draft ?? '', rules);
    if (!stored) throw new UsageError(`There is no draft ${options.draft}.`);
    return stored;
  } catch (error) {
    if (!(error instanceof NotPublishable)) throw error;
    const place = given?.file ?? `draft ${options.draft}`;
    throw new UsageError(
      error.problems.map(({ field, message }) => [place, field, message].filter(Boolean).join(': ')).join('\n'),
    );
  }
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: cannot be read as JSON: ${(error as Error).message}`);
  }
}
