import fc from 'fast-check';
import {
  consistencyProof,
  EMPTY_ROOT,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  rootOf,
  TreeEdge,
} from './merkle.js';

/** The test vectors of certificate-transparency-go and of Google's trillian (merkle tree of RFC 6962). */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => Buffer.from(hex, 'hex'),
);
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const INCLUSION: [index: number, size: number, proof: string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
];
const CONSISTENCY: [before: number, after: number, proof: string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

const hashes = LEAVES.map(leafHash);
const root = (size: number) => Buffer.from(ROOTS[size - 1] ?? '', 'hex');
const hex = (all: Buffer[]) => all.map((one) => one.toString('hex'));

describe('the Merkle tree of RFC 6962', () => {
  it('has the roots of the known test vectors', () => {
    expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    const edge = TreeEdge.empty();
    ROOTS.forEach((expected, index) => {
      edge.append(LEAVES[index] as Buffer);
      expect(rootOf(hashes.slice(0, index + 1)).toString('hex')).toBe(expected);
      expect(edge.root().toString('hex')).toBe(expected);
    });
  });

  it.each(INCLUSION)('has the known proof that leaf %i is in the tree of %i', (index, size, proof) => {
    expect(hex(inclusionProof(hashes.slice(0, size), index))).toEqual(proof);
  });

  it.each(CONSISTENCY)(
    'has the known proof that the tree of %i is the beginning of that of %i',
    (before, after, proof) => {
      expect(hex(consistencyProof(hashes.slice(0, after), before))).toEqual(proof);
      const found = consistencyProof(hashes.slice(0, after), before);
      expect(isConsistent([before, root(before)], [after, root(after)], found)).toBe(true);
    },
  );

  const leaves = fc.array(
    fc.uint8Array({ maxLength: 8 }).map((data) => leafHash(data)),
    { minLength: 1, maxLength: 70 },
  );

  it('proves each of its leaves, and no other place, leaf or root', () => {
    fc.assert(
      fc.property(leaves, fc.nat(), fc.nat(), (all, one, other) => {
        const [index, elsewhere] = [one % all.length, other % all.length];
        const proof = inclusionProof(all, index);
        const leaf = all[index] as Buffer;
        const top = rootOf(all);
        expect(isIncluded(leaf, index, all.length, proof, top)).toBe(true);
        expect(isIncluded(leafHash(Buffer.from('another leaf')), index, all.length, proof, top)).toBe(false);
        expect(isIncluded(leaf, index, all.length, [...proof, top], top)).toBe(false);
        expect(isIncluded(leaf, index, all.length, proof, leafHash(top))).toBe(false);
        if (!(all[elsewhere] as Buffer).equals(leaf))
          expect(isIncluded(leaf, elsewhere, all.length, inclusionProof(all, elsewhere), top)).toBe(false);
      }),
    );
  });

  it('proves of each beginning that it is one, and of nothing else', () => {
    fc.assert(
      fc.property(leaves, fc.nat(), (all, some) => {
        const size = 1 + (some % all.length);
        const proof = consistencyProof(all, size);
        const [before, after] = [rootOf(all.slice(0, size)), rootOf(all)];
        expect(isConsistent([size, before], [all.length, after], proof)).toBe(true);
        expect(isConsistent([size, leafHash(before)], [all.length, after], proof)).toBe(false);
        expect(isConsistent([size, before], [all.length, leafHash(after)], proof)).toBe(false);
        expect(isConsistent([size, before], [all.length, after], [...proof, after])).toBe(false);
      }),
    );
  });

  it('can be gone on with from its right edge alone', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 40 }), fc.nat(), (all, some) => {
        const cut = some % (all.length + 1);
        const edge = TreeEdge.empty();
        for (const leaf of all.slice(0, cut)) edge.append(leaf);
        const again = TreeEdge.of(edge.size, edge.hex());
        for (const leaf of all.slice(cut)) again.append(leaf);
        expect(again.root()).toEqual(rootOf(all.map(leafHash)));
      }),
    );
  });

  it('refuses an edge that belongs to no tree of its size', () => {
    expect(() => TreeEdge.of(3, ['00'.repeat(32)])).toThrow('not the subtrees of a tree of 3');
  });
});
