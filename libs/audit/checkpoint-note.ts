import { createHash, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { sha256 } from '#libs/case-store/hashes.js';
import { rawKey } from './checkpoint-keys.js';

/** What a checkpoint states. */
export interface Statement {
  /** Whose checkpoints these are: the deployment's public address without scheme. */
  origin: string;
  /** Leaves of the tree. */
  size: number;
  /** Root of the tree, base64. */
  root: string;
  /** 1, 2, 3 … */
  number: number;
  /** ISO 8601 UTC, real time. */
  time: string;
  /** SHA-256 (hex) of the whole note before, or 64 zeros. */
  previous: string;
}

export const NO_PREVIOUS = '0'.repeat(64);
const ED25519 = Buffer.of(1);
const LINE = /^([^\n+ ]+)\n(\d+)\n([A-Za-z0-9+/]{43}=)\nnumber (\d+)\ntime (\S+)\nprevious ([0-9a-f]{64})\n$/;
const SIGNATURE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;

/** A note as C2SP signed-note and tlog-checkpoint write it: text, empty line, signature over the text (Ed25519). */
export function signNote(statement: Statement, key: KeyObject): string {
  const { origin, size, root, number, time, previous } = statement;
  const text = [origin, size, root, `number ${number}`, `time ${time}`, `previous ${previous}`, ''].join('\n');
  const signature = Buffer.concat([keyIdOf(origin, createPublicKey(key)), sign(null, Buffer.from(text), key)]);
  return `${text}\n— ${origin} ${signature.toString('base64')}\n`;
}

/** What a note states, whoever signed it; null when it is no note of ours. */
export function readNote(note: string): Statement | null {
  const [, origin = '', size, root = '', number, time = '', previous = ''] = LINE.exec(textOf(note)) ?? [];
  return origin ? { origin, size: Number(size), root, number: Number(number), time, previous } : null;
}

/** Whether one of these keys has signed the note. */
export function isSigned(note: string, keys: readonly KeyObject[]): boolean {
  const text = textOf(note);
  const signatures = note
    .slice(text.length + 1)
    .split('\n')
    .flatMap((line) => SIGNATURE.exec(line) ?? [])
    .filter((part) => !part.startsWith('—'));
  for (let index = 0; index < signatures.length; index += 2) {
    const [name = '', bytes = ''] = signatures.slice(index, index + 2);
    const whole = Buffer.from(bytes, 'base64');
    const [id, signature] = [whole.subarray(0, 4), whole.subarray(4)];
    const able = keys.filter((key) => keyIdOf(name, key).equals(id));
    if (able.some((key) => verify(null, Buffer.from(text), key, signature))) return true;
  }
  return false;
}

/** What the next checkpoint calls this one. */
export const hashOfNote = (note: string): string => sha256(note);

/** A public key as verifiers of signed notes take it: name, id and key in one word. */
export const verifierKey = (origin: string, key: KeyObject): string =>
  [origin, keyIdOf(origin, key).toString('hex'), Buffer.concat([ED25519, rawKey(key)]).toString('base64')].join('+');

function keyIdOf(name: string, key: KeyObject): Buffer {
  return createHash('sha256').update(`${name}\n`).update(ED25519).update(rawKey(key)).digest().subarray(0, 4);
}

/** Everything before the empty line, its own line end included. */
const textOf = (note: string): string => note.slice(0, note.indexOf('\n\n') + 1);
