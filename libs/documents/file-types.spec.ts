import { DOCX, PDF } from '../../test/support/documents.js';
import { HOSTILE_FILES } from '../../test/support/hostile-files.js';
import { fileName } from './file-name.js';
import { checkFile } from './file-types.js';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('a file, by its content', () => {
  it.each([
    ['a PDF', PDF(), 'application/pdf'],
    ['a Word document', DOCX(), WORD],
    [
      'one with links, pictures and settings of a printer',
      DOCX({
        'word/media/image1.png': 'PNG',
        'word/printerSettings1.bin': 'x',
        'word/_rels/document.xml.rels':
          '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.test" TargetMode="External"/></Relationships>',
      }),
      WORD,
    ],
    ['text in any script', Buffer.from('Chère collègue,\n尊敬的同事\n< 5 articles'), 'text/plain'],
  ])('is taken as what it is: %s', async (_, content, type) => {
    expect(await checkFile(content)).toEqual({ type });
  });

  it('is there in more than forty ways that mean ill', () => {
    expect(HOSTILE_FILES.length).toBeGreaterThan(60);
  });

  it.each(HOSTILE_FILES.map((one) => [one.what, one] as const))(
    'is refused, or kept as what it is: %s',
    async (_, one) => {
      const checked = await checkFile(one.content);
      if (one.refused) expect(checked).toEqual({ reason: one.refused });
      else expect('type' in checked && fileName(one.name, checked.type)).toBe(one.kept);
    },
  );

  it('is looked through in a moment, however it is made up', async () => {
    const tags = '<Relationship '.repeat(200_000);
    const many = [
      DOCX({ 'word/_rels/document.xml.rels': tags }),
      Buffer.from('<'.repeat(5_000_000)),
      Buffer.from(`%PDF-1.7\n${'#'.repeat(5_000_000)}\n%%EOF`),
    ];
    for (const content of many) expect(await checkFile(content)).toBeDefined();
  });

  it('never makes a check fail, cut off or changed anywhere', async () => {
    for (const whole of [DOCX(), PDF()])
      for (let at = 0; at < whole.length; at += 3) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ 0xff;
        expect(await checkFile(whole.subarray(0, at))).toBeDefined();
        expect(await checkFile(changed)).toBeDefined();
      }
  });
});
