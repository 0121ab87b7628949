import { EICAR, PDF, zip } from './documents.js';
import { ARCHIVES } from './hostile-archives.js';
import { DOCX_TYPE, kept, refused, SCRIPT, text } from './hostile-file.js';
import type { HostileFile } from './hostile-file.js';

const PAGES_AND_PICTURES = [
  refused('web_page', 'a page that is called a PDF', 'note.pdf', text(`<html><body>${SCRIPT}</body></html>`)),
  refused('web_page', 'a page without a head, called text', 'note.txt', text(`Dear all, ${SCRIPT}`), 'text/plain'),
  refused('web_page', 'a page behind blanks', 'note.txt', text(`${' \n'.repeat(5_000)}<!DOCTYPE html>${SCRIPT}`)),
  refused(
    'web_page',
    'an SVG that runs a script',
    'crest.svg',
    text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    'image/svg+xml',
  ),
  refused(
    'web_page',
    'an SVG behind a declaration',
    'crest.pdf',
    text('<?xml version="1.0"?><svg onload="alert(1)"/>'),
  ),
  refused(
    'web_page',
    'XHTML',
    'a.xhtml',
    text('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'),
    'application/xhtml+xml',
  ),
  refused('web_page', 'XSL that a browser applies', 'a.xml', text('<?xml-stylesheet href="x.xsl"?><a/>'), 'text/xml'),
  refused('not_allowed', 'a page in UTF-16', 'a.txt', Buffer.from(`\uFEFF${SCRIPT}`, 'utf16le'), 'text/plain'),
  refused(
    'not_allowed',
    'a page in UTF-7',
    'a.txt',
    Buffer.concat([text('+ADw-script+AD4-'), Buffer.from([0xff])]),
    'text/plain',
  ),
  refused(
    'not_allowed',
    'a picture that is also a script',
    'a.gif',
    Buffer.concat([text('GIF89a/*'), Buffer.from([0]), text('*/=1;alert(1)')]),
    'image/gif',
  ),
  refused(
    'not_allowed',
    'a JPEG with a page in its comment',
    'a.jpg',
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xfe]), text(SCRIPT)]),
    'image/jpeg',
  ),
  refused(
    'not_allowed',
    'a message in MIME',
    'a.eml',
    text('MIME-Version: 1.0\nContent-Type: text/plain\n\nhello'),
    'message/rfc822',
  ),
  refused(
    'web_page',
    'a shortcut of HTML applications',
    'a.hta',
    text('<HTA:APPLICATION><SCRIPT>x</SCRIPT>'),
    'application/hta',
  ),
];

const PROGRAMS = [
  refused('not_allowed', 'a program of Windows', 'note.pdf', Buffer.concat([text('MZ'), Buffer.alloc(200)])),
  refused(
    'not_allowed',
    'a program of Linux',
    'note.docx',
    Buffer.concat([Buffer.from([0x7f]), text('ELF'), Buffer.alloc(100)]),
    DOCX_TYPE,
  ),
  refused('not_allowed', 'a script by its first line', 'note.txt', text('#!/bin/sh\nrm -rf /\n'), 'text/plain'),
  refused('not_allowed', 'a batch file', 'note.txt', text('@echo off\r\ndel *.*'), 'text/plain'),
  refused(
    'not_allowed',
    'RTF, which may hold programs',
    'note.docx',
    text('{\\rtf1{\\object\\objdata 00}}'),
    DOCX_TYPE,
  ),
  refused('not_allowed', 'PostScript', 'note.pdf', text('%!PS-Adobe-3.0\n(x) run')),
  refused(
    'not_allowed',
    'an old Word file',
    'note.docx',
    Buffer.from('d0cf11e0a1b11ae1' + '00'.repeat(600), 'hex'),
    DOCX_TYPE,
  ),
  refused('not_allowed', 'text with a NUL in it', 'note.txt', text('Dear\0all'), 'text/plain'),
  refused('not_allowed', 'orders to a terminal', 'note.txt', text('\u001b]0;owned\u0007'), 'text/plain'),
];

const PDFS = [
  refused('not_whole', 'a PDF without an end', 'a.pdf', text('%PDF-1.7\nhello')),
  refused('not_whole', 'a PDF of no version', 'a.pdf', text('%PDF-<script>\n%%EOF')),
  refused(
    'two_in_one',
    'a PDF that is an archive as well',
    'a.pdf',
    Buffer.concat([PDF(), zip({ 'a.class': 'x' }), text('\n%%EOF')]),
  ),
  refused(
    'two_in_one',
    'a PDF that begins as a page as well',
    'a.pdf',
    text(`%PDF-1.7\n<html>${SCRIPT}</html>\n%%EOF`),
  ),
  refused('active', 'a PDF with a script', 'a.pdf', text('%PDF-1.7\n<< /S /JavaScript /JS (app.alert(1)) >>\n%%EOF')),
  refused(
    'active',
    'a PDF that writes its script’s name in numbers',
    'a.pdf',
    text('%PDF-1.7\n<< /S /J#61va#53cript >>\n%%EOF'),
  ),
  refused('active', 'a PDF that starts a program', 'a.pdf', text('%PDF-1.7\n<< /S /Launch /F (cmd.exe) >>\n%%EOF')),
  refused('active', 'a PDF with a file in it', 'a.pdf', text('%PDF-1.7\n<< /Type /EmbeddedFile >>\n%%EOF')),
  refused('locked', 'a PDF under a password', 'a.pdf', text('%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF')),
];

const NAMES = [
  kept('invoicefdp.exe.pdf', 'a name that reads backwards', 'invoice\u202Efdp.exe'),
  kept('passwd.pdf', 'a way out of a folder', '../../../etc/passwd'),
  kept('x.pdf', 'a way in the manner of Windows', 'C:\\Windows\\x.pdf'),
  kept('note.html.pdf', 'another ending', 'note.html'),
  kept('note.pdf .exe.pdf', 'an ending behind blanks', 'note.pdf            .exe'),
  kept('_CON.pdf', 'a device', 'CON.pdf'),
  kept('htaccess.pdf', 'a hidden file', '.htaccess'),
  kept('_script_alert(1)_script_.pdf', 'a tag', '<script>alert(1)<script>'),
  kept('a b.pdf', 'many lines', 'a\r\nb.pdf'),
  kept('note_ attachment_ filename=_x.html.pdf', 'a header in it', 'note; attachment; filename="x.html'),
  kept(`${'a'.repeat(116)}.pdf`, 'no end', 'a'.repeat(5_000)),
  kept('مذكرة.pdf', 'letters of another script', 'مذكرة.pdf'),
  kept('notes.js.txt', 'text that is called a script', 'notes.js', text('Dear colleagues'), 'text/javascript'),
];

const SIZES = [
  refused('empty', 'nothing', 'a.pdf', Buffer.alloc(0)),
  refused(
    'too_large',
    'a byte too much',
    'a.pdf',
    Buffer.concat([PDF(), Buffer.alloc(10 * 1024 * 1024), text('%%EOF')]),
  ),
];

/** Known to every scanner; by its type alone it is plain text. */
export const VIRUS = kept('note.txt', 'what scanners know', 'note.txt', EICAR, 'text/plain');

export const HOSTILE_FILES: readonly HostileFile[] = [
  ...PAGES_AND_PICTURES,
  ...PROGRAMS,
  ...PDFS,
  ...ARCHIVES,
  ...NAMES,
  ...SIZES,
  VIRUS,
];
