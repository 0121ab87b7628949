import type { KeyObject } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { CheckpointLeaf } from '#libs/database/entities/checkpoint-leaf.entity.js';
import { Checkpoint } from '#libs/database/entities/checkpoint.entity.js';
import { CheckpointFolder, CheckpointsDiverge } from './checkpoint-folder.js';
import { lineOf, newLeaves } from './checkpoint-leaves.js';
import type { Leaf } from './checkpoint-leaves.js';
import { hashOfNote, NO_PREVIOUS, signNote } from './checkpoint-note.js';
import { forgetTrouble, keepTrouble } from './checkpoint-trouble.js';
import { TreeEdge } from './merkle.js';

export interface CheckpointPlace {
  /** Folder outside the database. */
  folder: string;
  key: KeyObject;
  origin: string;
}

export interface MadeCheckpoint {
  number: number;
  /** Leaves of the whole tree, and how many of them are new. */
  size: number;
  added: number;
}

const ROWS_A_STATEMENT = 5_000;

/** States, at an instant, where every log ends: signed, chained to the statement before, and written outside the database. */
export class Checkpointer {
  private readonly folder: CheckpointFolder;

  constructor(
    private readonly dataSource: DataSource,
    private readonly place: CheckpointPlace,
    private readonly clock: () => number = Date.now,
  ) {
    this.folder = new CheckpointFolder(place.folder);
  }

  /**
   * Makes the next checkpoint; first brings out those that a killed process had left in the database alone.
   * @throws CheckpointsDiverge when the folder knows more, or something else, than the database: it was restored from
   * an older dump, or somebody has changed one of the two
   */
  async make(): Promise<MadeCheckpoint> {
    const { manager } = this.dataSource;
    try {
      await this.folder.make();
      await this.bringOut();
      const made = await this.dataSource.transaction('REPEATABLE READ', (within) => this.record(within));
      await this.bringOut();
      await forgetTrouble(manager);
      return made;
    } catch (error) {
      if (error instanceof CheckpointsDiverge) await keepTrouble(manager, new Date(this.clock()));
      throw error;
    }
  }

  /** From the database to the folder: what is there already must be the same. */
  private async bringOut(): Promise<void> {
    const { manager } = this.dataSource;
    const newest = (await this.folder.numbers()).at(-1) ?? 0;
    const last = await lastCheckpoint(manager);
    if (newest > (last?.number ?? 0))
      throw new CheckpointsDiverge(
        `${this.folder.path} holds checkpoint ${newest}, the database ends at ${last?.number ?? 0}: was it restored from an older dump? No checkpoint is made until somebody has looked (docs/runbooks/audit.md).`,
      );
    // The newest once more, so that a changed one is noticed at once.
    for (let number = Math.max(1, newest); number <= (last?.number ?? 0); number += 1) {
      const { note, size } = await manager.findOneByOrFail(Checkpoint, { number });
      const before = await manager.findOneBy(Checkpoint, { number: number - 1 });
      const leaves = await leavesBetween(manager, before?.size ?? 0, size);
      await this.folder.write(number, note, leaves.map(lineOf));
    }
  }

  private async record(manager: EntityManager): Promise<MadeCheckpoint> {
    const last = await lastCheckpoint(manager);
    const leaves = await newLeaves(manager);
    const edge = last ? TreeEdge.of(last.size, last.subtrees) : TreeEdge.empty();
    const rows = leaves.map((leaf, index) => ({ position: edge.size + index, ...leaf }));
    for (const leaf of leaves) edge.append(Buffer.from(lineOf(leaf)));
    const [number, at, root] = [(last?.number ?? 0) + 1, new Date(this.clock()), edge.root().toString('base64')];
    const { origin, key } = this.place;
    const note = signNote(
      {
        ...{ origin, size: edge.size, root, number, time: at.toISOString() },
        previous: last ? hashOfNote(last.note) : NO_PREVIOUS,
      },
      key,
    );
    for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT)
      await manager.insert(CheckpointLeaf, rows.slice(from, from + ROWS_A_STATEMENT));
    await manager.insert(Checkpoint, { number, at, size: edge.size, root, note, subtrees: edge.hex() });
    return { number, size: edge.size, added: leaves.length };
  }
}

/** The last that was made; null before the first. */
export async function lastCheckpoint(manager: EntityManager): Promise<Checkpoint | null> {
  const [last] = await manager.find(Checkpoint, { order: { number: 'DESC' }, take: 1 });
  return last ?? null;
}

/** Leaves by their place in the tree: from `first` on, before `end`. */
export function leavesBetween(manager: EntityManager, first: number, end: number): Promise<Leaf[]> {
  return manager.query<Leaf[]>(
    `SELECT log, subject, version, hash FROM checkpoint_leaf WHERE position >= $1 AND position < $2 ORDER BY position`,
    [first, end],
  );
}
