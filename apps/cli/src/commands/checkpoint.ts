import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { CheckpointFolder } from '#libs/audit/checkpoint-folder.js';
import { lineOf } from '#libs/audit/checkpoint-leaves.js';
import { checkingKeys } from '#libs/audit/checkpoint-keys.js';
import { readNote, verifierKey } from '#libs/audit/checkpoint-note.js';
import { checkpointerOf, originOf } from '#libs/audit/checkpoint-place.js';
import { leavesBetween } from '#libs/audit/checkpointer.js';
import { consistencyProof, leafHash } from '#libs/audit/merkle.js';
import type { CliCommand, CommandContext } from '../command.js';
import { UsageError } from '../command.js';

/** `action48 checkpoint key`: what auditors check signatures with. */
export const checkpointKey: CliCommand = {
  words: 'checkpoint key',
  says: 'print the public key that checkpoints are checked with',
  run: ({ config, print }) => {
    const keys = checkingKeys(config());
    if (!keys)
      throw new UsageError(
        'Set CHECKPOINT_KEY or CHECKPOINT_PUBLIC_KEYS; `action48 checkpoint new-key FILE` makes a key.',
      );
    const origin = originOf(config().publicUrl);
    const shown = keys.map((key) => ({
      pem: String(key.export({ format: 'pem', type: 'spki' })).trim(),
      verifier: verifierKey(origin, key),
    }));
    print(
      shown,
      shown.flatMap(({ pem, verifier }) => [pem, verifier]),
    );
    return Promise.resolve(0);
  },
};

/** `action48 checkpoint new-key FILE`: a private key, never over another. */
export const checkpointNewKey: CliCommand = {
  words: 'checkpoint new-key',
  takes: 'FILE',
  says: 'make a private key for checkpoints, in a file that is not there yet',
  run: ({ args: [file], print }) => {
    if (!file) throw new UsageError('Name the file that the key goes to.');
    const { privateKey } = generateKeyPairSync('ed25519');
    try {
      writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
      throw new UsageError(`${file} is there already. It was left as it is.`);
    }
    const pem = String(createPublicKey(privateKey).export({ format: 'pem', type: 'spki' })).trim();
    print({ file, publicKey: pem }, [`${file} is the private key. The public key, for auditors:`, pem]);
    return Promise.resolve(0);
  },
};

/** `action48 checkpoint make`: one more, now. */
export const checkpointMake: CliCommand = {
  words: 'checkpoint make',
  says: 'make a checkpoint now and write it to CHECKPOINT_DIR',
  run: async ({ config, database, print }) => {
    const checkpointer = checkpointerOf(await database(), config());
    if (!checkpointer) throw new UsageError('Set CHECKPOINT_DIR and CHECKPOINT_KEY.');
    const made = await checkpointer.make();
    print(made, [`checkpoint ${made.number}: ${made.size} log ends, ${made.added} of them new`]);
    return 0;
  },
};

/** `action48 checkpoint proof FROM TO`: for an auditor who has the two notes and nothing else. */
export const checkpointProof: CliCommand = {
  words: 'checkpoint proof',
  takes: 'FROM TO',
  says: 'print the consistency proof of RFC 6962 between two checkpoints (base64, one hash a line)',
  run: async (context) => {
    const [from, to] = context.args.map(Number);
    if (!from || !to || from > to) throw new UsageError('Give the numbers of two checkpoints, the earlier one first.');
    const before = await statementOf(context, from);
    const after = await statementOf(context, to);
    const leaves = await leavesBetween((await context.database()).manager, 0, after.size);
    const hashes = leaves.map((leaf) => leafHash(Buffer.from(lineOf(leaf))));
    const proof = before.size ? consistencyProof(hashes, before.size).map((hash) => hash.toString('base64')) : [];
    context.print({ from: before, to: after, proof }, proof);
    return 0;
  },
};

async function statementOf({ options, config }: CommandContext, number: number) {
  const folder = options.checkpoints ?? config().checkpointDir;
  if (!folder) throw new UsageError('Name the folder with --checkpoints, or set CHECKPOINT_DIR.');
  const published = await new CheckpointFolder(folder).read(number).catch(() => null);
  const statement = published && readNote(published.note);
  if (!statement) throw new UsageError(`There is no checkpoint ${number} in ${folder}.`);
  return statement;
}
