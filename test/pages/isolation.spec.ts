import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const VIEWS = 'apps/api/src';
/** Members that hold what a person wrote, as the read models name them. */
const WRITTEN =
  /\.(?:name|email|by|author|reason|message|summary|scope|evidence|question|answer|leadMinistry|leadUnit|payer|responsible|subjectName|stateName|lawTitle|number|subject|from|to)$/;
/** Words of ours under such a name, and values that are dates, numbers or codes. */
const OURS =
  /^(?:_\(|part\.name|one\.name|field\.name|change\.name|clock\.name|region\.name|month\.name|month\.number|item\.name)/;

interface Output {
  where: string;
  expression: string;
}

/** What a template writes into the text of a page, outside any element that keeps its direction to itself. */
function outputsIn(file: string): Output[] {
  const source = readFileSync(join(VIEWS, file), 'utf8');
  return [...source.matchAll(/\{\{-?\s*([^}]*?)\s*-?\}\}/g)].flatMap(({ 1: expression = '', index }) => {
    const before = source.slice(0, index).replace(/\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}/gs, '');
    const inTag = before.lastIndexOf('<') > before.lastIndexOf('>');
    const isolated = before.split(/<bdi[\s>]/).length > before.split('</bdi>').length;
    const element =
      /<[a-z][^<>]*>[^<]*(?:<(?:b|strong|span|br)>[^<]*<\/(?:b|strong|span)>[^<]*)*$/.exec(before)?.[0] ?? '';
    return inTag || isolated || element.includes('dir="auto"') ? [] : [{ where: file, expression }];
  });
}

describe('what people wrote, in every template', () => {
  const templates = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.njk'));

  it('keeps its direction to itself', () => {
    expect(templates.length).toBeGreaterThan(40);
    const written = templates
      .flatMap(outputsIn)
      .filter(({ expression }) => WRITTEN.test(expression.replace(/\s*\|.*$/, '')) && !OURS.test(expression))
      .concat(templates.flatMap(outputsIn).filter(({ expression }) => expression.startsWith('named(')));
    expect(written).toEqual([]);
  });

  it('is never marked as safe, nor put into a script or a style', () => {
    for (const file of templates) {
      const source = readFileSync(join(VIEWS, file), 'utf8');
      expect({
        file,
        safe: /\|\s*safe\b|autoescape\s+false|<script(?! src="\{\{ address \}\}" nonce="\{\{)(?! nonce="\{\{)|<style|\son\w+=|\sstyle=|javascript:/i.test(
          source,
        ),
      }).toEqual({
        file,
        safe: false,
      });
    }
  });
});
