import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A checkpoint as it lies outside the database: the signed note, and the leaves that are new in its tree. */
export interface PublishedCheckpoint {
  number: number;
  note: string;
  /** One a line; null when the file with them is not there. */
  leaves: string[] | null;
}

/** The folder and the database tell different stories; nothing was written. */
export class CheckpointsDiverge extends Error {
  override name = 'CheckpointsDiverge';
}

const NOTE = /^(\d{8,})\.checkpoint$/;
const noteFile = (number: number): string => `${String(number).padStart(8, '0')}.checkpoint`;
const leavesFile = (number: number): string => `${String(number).padStart(8, '0')}.leaves`;

/** A folder with two files a checkpoint. A file that is there is never written again. */
export class CheckpointFolder {
  constructor(readonly path: string) {}

  /** Their numbers, in order; none while there is no folder yet. @throws when it cannot be read */
  async numbers(): Promise<number[]> {
    const names = (await readdir(this.path).catch(nullWhenMissing)) ?? [];
    return names.flatMap((name) => (NOTE.test(name) ? [Number.parseInt(name, 10)] : [])).sort((a, b) => a - b);
  }

  async read(number: number): Promise<PublishedCheckpoint> {
    const note = await readFile(join(this.path, noteFile(number)), 'utf8');
    const leaves = await readFile(join(this.path, leavesFile(number)), 'utf8').catch(nullWhenMissing);
    return { number, note, leaves: leaves === null ? null : leaves.split('\n').filter((line) => line !== '') };
  }

  async make(): Promise<void> {
    await mkdir(this.path, { recursive: true });
  }

  /** The leaves first: a checkpoint whose note is there is complete. @throws CheckpointsDiverge for one that says something else */
  async write(number: number, note: string, leaves: readonly string[]): Promise<void> {
    await this.put(leavesFile(number), leaves.map((line) => `${line}\n`).join(''));
    await this.put(noteFile(number), note);
  }

  /** Written beside its place and linked there when complete: a link never replaces what is there. */
  private async put(name: string, content: string): Promise<void> {
    const place = join(this.path, name);
    const fresh = `${place}.${process.pid}.new`;
    const file = await open(fresh, 'w', 0o644);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    try {
      await link(fresh, place);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      if ((await readFile(place, 'utf8')) !== content)
        throw new CheckpointsDiverge(`${place} says something else than the database. It was left as it is.`);
    } finally {
      await rm(fresh, { force: true });
    }
  }
}

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;

function nullWhenMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}
