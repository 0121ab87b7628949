import type { KeyObject } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { MoreThan } from 'typeorm';
import { Checkpoint } from '#libs/database/entities/checkpoint.entity.js';
import type { PublishedCheckpoint } from './checkpoint-folder.js';
import { leafOf, lineOf } from './checkpoint-leaves.js';
import type { Leaf } from './checkpoint-leaves.js';
import { hashOfNote, isSigned, NO_PREVIOUS, readNote } from './checkpoint-note.js';
import type { Statement } from './checkpoint-note.js';
import { leavesBetween } from './checkpointer.js';
import { found } from './finding.js';
import type { Finding } from './finding.js';
import { verifyLeaves } from './verify-leaves.js';
import { TreeEdge } from './merkle.js';

/** A checkpoint is in the database before it is in the folder. */
const SETTLED_MS = 60_000;

/** Where checkpoints are read from: a folder outside the database, or the database's own copies. */
export interface CheckpointSource {
  numbers(): Promise<number[]>;
  read(number: number): Promise<PublishedCheckpoint>;
}

/** The database's own copies: signed, too, but whoever can cut the logs can cut these. */
export class StoredCheckpoints implements CheckpointSource {
  constructor(private readonly manager: EntityManager) {}

  async numbers(): Promise<number[]> {
    const rows = await this.manager.find(Checkpoint, { select: { number: true }, order: { number: 'ASC' } });
    return rows.map(({ number }) => number);
  }

  async read(number: number): Promise<PublishedCheckpoint> {
    const { note } = await this.manager.findOneByOrFail(Checkpoint, { number });
    return { number, note, leaves: null };
  }
}

export interface CheckpointsVerified {
  checkpoints: number;
  leaves: number;
  findings: Finding[];
}

/**
 * Holds every checkpoint against the one before it and against the database: signature, chain, root, and that every
 * log still has what the checkpoint has seen.
 * @param numbers of the checkpoints of the source, read before the database: what is made meanwhile is not missed
 * @param keys null: signatures are not checked
 */
export async function verifyCheckpoints(
  manager: EntityManager,
  source: CheckpointSource,
  numbers: readonly number[],
  keys: readonly KeyObject[] | null,
  onCheckpoint: (done: number, total: number) => void = () => undefined,
): Promise<CheckpointsVerified> {
  const walk = new Walk(manager, keys);
  for (const [index, number] of numbers.entries()) {
    await walk.step(await source.read(number));
    onCheckpoint(index + 1, numbers.length);
  }
  await walk.end(numbers.at(-1) ?? 0);
  return { checkpoints: numbers.length, leaves: walk.leaves, findings: walk.findings };
}

/** From the first checkpoint to the last, with the tree as it grows. */
class Walk {
  readonly findings: Finding[] = [];
  leaves = 0;
  private edge = TreeEdge.empty();
  private last: { number: number; note: string; statement: Statement } | null = null;
  /** The last leaf of each log of plain rows. */
  private readonly ends = new Map<string, Leaf>();

  constructor(
    private readonly manager: EntityManager,
    private readonly keys: readonly KeyObject[] | null,
  ) {}

  async step({ number, note, leaves }: PublishedCheckpoint): Promise<void> {
    for (let gap = (this.last?.number ?? 0) + 1; gap < number; gap += 1) this.find(gap, 'missingNote');
    const statement = readNote(note);
    if (!statement) return this.find(number, 'badNote');
    if (this.keys && !isSigned(note, this.keys)) this.find(number, 'badSignature');
    if (statement.number !== number) this.find(number, 'wrongNumber', { number: statement.number });
    this.checkOrder(number, statement);
    const stored = await this.manager.findOneBy(Checkpoint, { number });
    if (!stored) this.find(number, 'notInDatabase');
    else if (stored.note !== note) this.find(number, 'otherNote');
    await this.grow(number, statement, leaves);
    this.last = { number, note, statement };
  }

  /** What the database has beyond the source was taken away there, or is on its way out at this moment. */
  async end(number: number): Promise<void> {
    const beyond = await this.manager.find(Checkpoint, {
      where: { number: MoreThan(number) },
      order: { number: 'ASC' },
    });
    const settled = Date.now() - SETTLED_MS;
    for (const { number: missing, at } of beyond) if (at.getTime() < settled) this.find(missing, 'missingNote');
  }

  private checkOrder(number: number, { previous, time }: Statement): void {
    const before = this.last;
    const isNext = before?.number === number - 1 || number === 1;
    if (isNext && previous !== (before ? hashOfNote(before.note) : NO_PREVIOUS)) this.find(number, 'notChained');
    if (before && Date.parse(time) < Date.parse(before.statement.time)) this.find(number, 'timeBack');
  }

  /** The leaves that give the signed root are evidence, wherever they come from; others are none. */
  private async grow(number: number, { size, root }: Statement, published: string[] | null): Promise<void> {
    const fromFile = published?.map(leafOf);
    const candidates = [
      () => (fromFile?.every((leaf) => leaf !== null) ? fromFile : []),
      () => leavesBetween(this.manager, this.edge.size, size),
    ];
    for (const candidate of candidates) {
      const leaves = await candidate();
      const edge = this.edge.copy();
      for (const leaf of leaves) edge.append(Buffer.from(lineOf(leaf)));
      if (edge.size !== size || edge.root().toString('base64') !== root) continue;
      this.edge = edge;
      this.leaves += leaves.length;
      this.findings.push(...(await verifyLeaves(this.manager, number, leaves, this.ends)));
      return;
    }
    this.find(number, 'badRoot');
  }

  private find(number: number, ...[what, values]: [Parameters<typeof found>[2], Finding['values']?]): void {
    this.findings.push(found('checkpoint', `checkpoint ${number}`, what, values));
  }
}
