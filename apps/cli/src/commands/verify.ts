import { CheckpointFolder } from '#libs/audit/checkpoint-folder.js';
import { checkingKeys, publicKeysOf } from '#libs/audit/checkpoint-keys.js';
import { sentenceOf } from '#libs/audit/finding.js';
import { verifyLogs } from '#libs/audit/verification.js';
import type { Verification, VerifyProgress } from '#libs/audit/verification.js';
import type { CliCommand, CommandContext } from '../command.js';
import { UsageError } from '../command.js';

/** `action48 verify [REF]`: recomputes the logs, and holds everything that is derived from them and every checkpoint against them. */
export const verify: CliCommand = {
  words: 'verify',
  takes: '[REF]',
  says: 'check one case, or every log, against its hashes and the checkpoints (--checkpoints FOLDER, --key PUBLIC)',
  run: async (context) => {
    const { args, database, print, progress } = context;
    const { checkpoints, keys } = evidenceOf(context);
    const reference = args[0];
    const verification = await verifyLogs(await database(), {
      ...{ reference, checkpoints, keys },
      onProgress: everySoOften(progress),
    });
    const { checked, findings } = verification;
    if (reference && !checked)
      throw new UsageError(`There is no case ${reference}. \`action48 case list\` names them.`);
    print(verification, [...findings.map(sentenceOf), ...summaryOf(verification, reference)]);
    return findings.length ? 1 : 0;
  },
};

/** What the call names, or else the settings. */
function evidenceOf({ options, config }: CommandContext) {
  const folder = options.checkpoints ?? config().checkpointDir;
  const keys = options.key ? publicKeysOf(options.key, '--key') : checkingKeys(config());
  return { checkpoints: folder ? new CheckpointFolder(folder) : undefined, keys };
}

function summaryOf(verification: Verification, reference: string | undefined): string[] {
  const { checked, events, adminEvents, checkpoints, leaves, signatures, outside, findings } = verification;
  const ending = findings.length ? `${findings.length} findings` : 'nothing is wrong';
  if (reference) return [`${checked} case, ${events} events: ${ending}`];
  return [
    `${checked} cases, ${events} events, ${adminEvents} administrative acts, ${checkpoints} checkpoints with ${leaves} log ends: ${ending}`,
    ...(checkpoints
      ? []
      : ['note: without a checkpoint nobody can tell a log that was cut at its end or written anew']),
    ...(checkpoints && !outside
      ? ['note: the checkpoints are the database’s own copies; name a folder with --checkpoints']
      : []),
    ...(checkpoints && !signatures ? ['note: no signature was checked; name the public key with --key'] : []),
  ];
}

const EVERY_MS = 5_000;

function everySoOften(progress: (line: string) => void): (at: VerifyProgress) => void {
  let last = Date.now();
  return ({ what, done, total }) => {
    if (Date.now() - last < EVERY_MS) return;
    last = Date.now();
    progress(`${done} of ${total} ${what}`);
  };
}
