import { createHash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962, section 2.1: an append-only list of leaves under one hash (the root), with short proofs
 * that a leaf is in it and that one list is the beginning of another. Hashes are SHA-256, 32 bytes.
 */
export type Hash = Buffer;

const sha256 = (...parts: Uint8Array[]): Hash => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

export const leafHash = (data: Uint8Array): Hash => sha256(LEAF, data);
const nodeHash = (left: Hash, right: Hash): Hash => sha256(NODE, left, right);

/** The root of a list without leaves. */
export const EMPTY_ROOT: Hash = sha256();

/** A tree that only its right edge is kept of: leaves can be added and the root be read, in the space of a few hashes. */
export class TreeEdge {
  private constructor(
    public size: number,
    /** Roots of the full subtrees from left to right: one for each 1 in the binary size. */
    private readonly subtrees: Hash[],
  ) {}

  static empty = (): TreeEdge => new TreeEdge(0, []);

  /** @param subtrees what `subtrees()` gave, in hex. @throws RangeError when they are not those of a tree of that size */
  static of(size: number, subtrees: readonly string[]): TreeEdge {
    const hashes = subtrees.map((hex) => Buffer.from(hex, 'hex'));
    if (hashes.length !== ones(size) || hashes.some(({ length }) => length !== 32))
      throw new RangeError(`These are not the subtrees of a tree of ${size} leaves.`);
    return new TreeEdge(size, hashes);
  }

  copy = (): TreeEdge => new TreeEdge(this.size, [...this.subtrees]);

  append(leaf: Uint8Array): void {
    let hash = leafHash(leaf);
    for (let size = this.size; size % 2 === 1; size = Math.floor(size / 2))
      hash = nodeHash(this.subtrees.pop() as Hash, hash);
    this.subtrees.push(hash);
    this.size += 1;
  }

  root(): Hash {
    return this.subtrees.length ? this.subtrees.reduceRight((right, left) => nodeHash(left, right)) : EMPTY_ROOT;
  }

  hex = (): string[] => this.subtrees.map((hash) => hash.toString('hex'));
}

const ones = (size: number): number => [...size.toString(2)].filter((digit) => digit === '1').length;

/** MTH: the root over hashes of leaves. */
export function rootOf(leaves: readonly Hash[]): Hash {
  if (!leaves.length) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0] as Hash;
  const split = splitOf(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

/** The largest power of two below `size` (> 1). */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** PATH: what shows that the leaf at `index` is in the tree of these leaves. */
export function inclusionProof(leaves: readonly Hash[], index: number): Hash[] {
  if (index < 0 || index >= leaves.length) throw new RangeError(`There is no leaf ${index} of ${leaves.length}.`);
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - split), rootOf(left)];
}

/** PROOF: what shows that the tree of the first `size` leaves is the beginning of the tree of all. */
export function consistencyProof(leaves: readonly Hash[], size: number): Hash[] {
  if (size < 1 || size > leaves.length) throw new RangeError(`There is no tree of ${size} in one of ${leaves.length}.`);
  return subProof(leaves, size, true);
}

function subProof(leaves: readonly Hash[], size: number, known: boolean): Hash[] {
  if (size === leaves.length) return known ? [] : [rootOf(leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return size <= split
    ? [...subProof(left, size, known), rootOf(right)]
    : [...subProof(right, size - split, false), rootOf(left)];
}

/** Whether a proof shows that `leaf` (its hash) is at `index` of the tree of `size` leaves under `root` (RFC 9162, 2.1.3.2). */
export function isIncluded(leaf: Hash, index: number, size: number, proof: readonly Hash[], root: Hash): boolean {
  if (index < 0 || index >= size) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else hash = nodeHash(hash, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && hash.equals(root);
}

/** Whether a proof shows that the tree under `before` is the beginning of the one under `after` (RFC 9162, 2.1.4.2). */
export function isConsistent(
  [sizeBefore, before]: readonly [number, Hash],
  [sizeAfter, after]: readonly [number, Hash],
  proof: readonly Hash[],
): boolean {
  if (sizeBefore < 1 || sizeBefore > sizeAfter) return false;
  if (sizeBefore === sizeAfter) return !proof.length && before.equals(after);
  const path = isPowerOfTwo(sizeBefore) ? [before, ...proof] : proof;
  const [first, ...rest] = path;
  if (!first) return false;
  let [at, last] = [sizeBefore - 1, sizeAfter - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [old, fresh] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [old, fresh] = [nodeHash(hash, old), nodeHash(hash, fresh)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, half(last)];
    } else fresh = nodeHash(fresh, hash);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && old.equals(before) && fresh.equals(after);
}

const half = (n: number): number => Math.floor(n / 2);
const isPowerOfTwo = (n: number): boolean => ones(n) === 1;
