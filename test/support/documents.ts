import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { uuidv7 } from 'uuidv7';
import { loadConfig } from '#libs/config/config.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { DocumentContent } from '#libs/database/entities/document-content.entity.js';
import { Document } from '#libs/database/entities/document.entity.js';
import { placeOf } from '#libs/documents/storing.js';
import { sealBytes } from '#libs/secrets/secret-box.js';
import type { Answer, TestSystem } from './system.js';

/** The key that a test system seals with. */
export const TEST_SECRETS_KEY = loadConfig({ DATABASE_URL: 'postgres://nowhere/none' }).secretsKey;

export const PDF = (says = 'A note.'): Buffer =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n% ${says}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`,
  );

const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
export const DOCX_PARTS: Record<string, string> = {
  '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${MAIN}"/></Types>`,
  '_rels/.rels':
    '<?xml version="1.0"?><Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  'word/document.xml': '<?xml version="1.0"?><w:document xmlns:w="w"><w:body/></w:document>',
};
export const DOCX = (more: Record<string, string | Buffer> = {}): Buffer => zip({ ...DOCX_PARTS, ...more });

interface Packed {
  /** Claimed size of each entry; the true one where it is left out. */
  claims?: number;
  flags?: number;
  comment?: string;
  /** Entries whose content begins where the first one's does. */
  overlapping?: boolean;
}

/** An archive as a word processor writes it, or as somebody does who means ill. */
export function zip(
  parts: Record<string, string | Buffer> | [string, string | Buffer][],
  { claims, flags = 0, comment = '', overlapping = false }: Packed = {},
): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Array.isArray(parts) ? parts : Object.entries(parts)) {
    const [title, bytes] = [Buffer.from(name), Buffer.from(content)];
    const packed = deflateRawSync(bytes, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims ?? bytes.length, 18);
    common.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(overlapping ? 0 : at, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, tail, title]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  const count = central.length;
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, directory, end, Buffer.from(comment)]);
}

/** The signature that every scanner knows, put together here so that this file is not taken for one. */
export const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE', '!$H+H*'].join(''),
);

export interface Sent {
  name: string;
  content: Buffer;
  type?: string;
}

/** Sends files to a case as a program does. */
export async function send(
  system: TestSystem,
  who: string,
  reference: string,
  files: readonly Sent[],
): Promise<Answer> {
  const { body: session } = await system.call('', 'POST', '/api/v1/sessions', {
    email: `${who}@demo.action48.test`,
    password: 'action48-demo',
  });
  const form = new FormData();
  for (const { name, content, type } of files)
    form.append('files', new Blob([new Uint8Array(content)], { type: type ?? 'application/pdf' }), name);
  const response = await fetch(`${system.url}/api/v1/cases/${reference}/documents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session.token}` },
    body: form,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** A restricted document of a case, as it stands when the scanner has seen it; the case's limits play no part. */
export async function cleanDocument(
  { dataSource: { manager } }: TestSystem,
  reference: string,
  uploadedBy: string,
  changes: Partial<Document> = {},
): Promise<Document> {
  const { id: caseId } = await manager.findOneByOrFail(AssistanceCase, { reference });
  const content = PDF(uuidv7());
  const row = manager.create(Document, {
    id: uuidv7(),
    caseId,
    name: 'Note verbale.pdf',
    declaredType: 'application/pdf',
    detectedType: 'application/pdf',
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    letter: 'R',
    state: 'clean',
    reason: null,
    checkedBy: 'scanner',
    checkedAt: new Date(),
    scanAfter: new Date(0),
    uploadedBy,
    organisationId: null,
    uploadedAt: new Date(),
    source: 'upload',
    sourceId: null,
    readByOthers: false,
    removedAt: null,
    erasedAt: null,
    ...changes,
  });
  await manager.insert(Document, row);
  await manager.insert(DocumentContent, {
    documentId: row.id,
    sealed: sealBytes(TEST_SECRETS_KEY, placeOf(row.id), content),
  });
  return row;
}
