import { DOCX, DOCX_PARTS, zip } from './documents.js';
import { DOCX_TYPE, refused, SCRIPT, text } from './hostile-file.js';

const relations = (type: string, target: string) =>
  `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/></Relationships>`;
const NULS = Buffer.alloc(90 * 1024 * 1024);

/** Archives that would pass for Word documents. */
export const ARCHIVES = [
  refused('not_allowed', 'an archive that is no document', 'a.docx', zip({ 'a.txt': 'a' }), DOCX_TYPE),
  refused(
    'not_allowed',
    'a spreadsheet',
    'a.docx',
    zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' }),
    DOCX_TYPE,
  ),
  refused(
    'not_allowed',
    'parts of the right names and of another kind',
    'a.docx',
    DOCX({ '[Content_Types].xml': '<Types/>' }),
    DOCX_TYPE,
  ),
  refused('active', 'macros', 'a.docx', DOCX({ 'word/vbaProject.bin': 'x' }), DOCX_TYPE),
  refused(
    'active',
    'macros that only the list of parts tells of',
    'a.docx',
    DOCX({
      '[Content_Types].xml': `${DOCX_PARTS['[Content_Types].xml']}<x ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>`,
    }),
    DOCX_TYPE,
  ),
  refused('active', 'a control', 'a.docx', DOCX({ 'word/activeX/activeX1.xml': '<x/>' }), DOCX_TYPE),
  refused('active', 'a program inside', 'a.docx', DOCX({ 'word/embeddings/oleObject1.bin': 'MZ' }), DOCX_TYPE),
  refused(
    'active',
    'entities that grow',
    'a.docx',
    DOCX({ 'word/document.xml': '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document>&a;</w:document>' }),
    DOCX_TYPE,
  ),
  refused(
    'outside',
    'a template that is fetched',
    'a.docx',
    DOCX({ 'word/_rels/settings.xml.rels': relations('attachedTemplate', 'https://evil.test/t.dotm') }),
    DOCX_TYPE,
  ),
  refused(
    'outside',
    'a picture that tells when it is read',
    'a.docx',
    DOCX({ 'word/_rels/document.xml.rels': relations('image', '//evil.test/1.png') }),
    DOCX_TYPE,
  ),
  refused('not_whole', 'a way out of the archive', 'a.docx', DOCX({ '../../etc/cron.d/x': 'x' }), DOCX_TYPE),
  refused('not_whole', 'an absolute way', 'a.docx', DOCX({ '/etc/passwd': 'x' }), DOCX_TYPE),
  refused('not_whole', 'a way in the manner of Windows', 'a.docx', DOCX({ '..\\..\\x': 'x' }), DOCX_TYPE),
  refused(
    'not_whole',
    'one part twice',
    'a.docx',
    zip([...Object.entries(DOCX_PARTS), ['word/Document.xml', '<w:document/>']]),
    DOCX_TYPE,
  ),
  refused('not_whole', 'parts that overlap', 'a.docx', zip(DOCX_PARTS, { overlapping: true }), DOCX_TYPE),
  refused('not_whole', 'sizes that are not true', 'a.docx', zip(DOCX_PARTS, { claims: 3 }), DOCX_TYPE),
  refused('not_whole', 'a page behind its end', 'a.docx', Buffer.concat([DOCX(), text(SCRIPT)]), DOCX_TYPE),
  refused('not_whole', 'a page in its comment', 'a.docx', zip(DOCX_PARTS, { comment: SCRIPT }), DOCX_TYPE),
  refused('not_whole', 'an archive that is cut off', 'a.docx', DOCX().subarray(0, 300), DOCX_TYPE),
  refused('locked', 'a password', 'a.docx', zip(DOCX_PARTS, { flags: 1 }), DOCX_TYPE),
  refused('unpacks_too_far', 'a bomb', 'a.docx', DOCX({ 'word/media/a.png': NULS }), DOCX_TYPE),
  refused(
    'not_whole',
    'a bomb that claims to be small',
    'a.docx',
    zip({ ...DOCX_PARTS, 'word/media/a.png': NULS }, { claims: 10 }),
    DOCX_TYPE,
  ),
  refused(
    'unpacks_too_far',
    'too many parts',
    'a.docx',
    DOCX(Object.fromEntries(Array.from({ length: 1_200 }, (_, n) => [`word/${n}.xml`, '']))),
    DOCX_TYPE,
  ),
];
