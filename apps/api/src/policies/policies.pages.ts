import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Header, HttpStatus, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { can } from '#libs/domain/access/can.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { clockRows } from './clock-sentences.js';
import type { Speaking } from './clock-sentences.js';
import { differences } from './policy-differences.js';
import { PolicyDrafts } from './policy-drafts.js';
import { readPolicyFile } from './policy-file.js';
import { PolicyShelf } from './policy-shelf.js';
import { CLOCK_STAGES } from './policy-words.js';
import { versionOf } from './version-number.js';

/** The versions of the policy, each in sentences, and what set it apart from the one before. */
@ApiExcludeController()
@Needs('read-rules')
@Controller('policies')
export class PoliciesPages {
  constructor(
    private readonly shelf: PolicyShelf,
    private readonly drafts: PolicyDrafts,
  ) {}

  @Get()
  async list(@CurrentPerson() me: SignedIn, @Res() response: Response) {
    response.render('policies/views/policies.njk', await this.listModel(me, response));
  }

  @Get(':version')
  async version(@Param('version') number: string, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const { version, before } = found(await this.shelf.version(versionOf(number)), 'page');
    const speaking = await this.speaking(response);
    response.render('policies/views/version.njk', {
      title: 'Version of the policy',
      dense: true,
      version,
      before,
      stages: byStage(version.clocks, speaking),
      changes: before ? differences(before.clocks, version.clocks, speaking) : [],
      may: rights(me),
    });
  }

  /** The clocks as JSON, to keep or to take elsewhere. */
  @Get(':version/file')
  @Header('Content-Type', 'application/json; charset=utf-8')
  async file(@Param('version') number: string, @Res() response: Response) {
    const { version } = found(await this.shelf.version(versionOf(number)), 'page');
    response.setHeader('Content-Disposition', `attachment; filename="policy-${version.version}.json"`);
    response.send(`${JSON.stringify({ basedOn: version.version, clocks: version.clocks }, null, 2)}\n`);
  }

  /** A file that was exported, perhaps changed since, becomes a draft: looked through before it can be published. */
  @Needs('publish-rules')
  @Post('import')
  async import(@Body() { file }: { file?: unknown }, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    const text = typeof file === 'string' ? file : '';
    const versions = await this.shelf.versions();
    const read = readPolicyFile(text, await this.shelf.calendars(), versions[0]?.version ?? 1);
    if ('clocks' in read) {
      const id = await this.drafts.begin(me, read.basedOn, read.clocks);
      return response.redirect(HttpStatus.SEE_OTHER, `/policies/drafts/${id}`);
    }
    const _ = wordsOf(response);
    const said = read.problems.slice(0, 5).map(({ field, message }) => (field ? `${field}: ${message}` : message));
    const errors = [{ field: 'file', text: `${_('The file cannot be used.')} ${said.join(' · ')}`.trim() }];
    return response
      .status(HttpStatus.UNPROCESSABLE_ENTITY)
      .render('policies/views/policies.njk', { ...(await this.listModel(me, response)), errors, file: text });
  }

  private async listModel(me: SignedIn, response: Response) {
    const [versions, drafts, speaking] = await Promise.all([
      this.shelf.versions(),
      this.drafts.all(),
      this.speaking(response),
    ]);
    return {
      title: 'Policy',
      dense: true,
      key: randomUUID(),
      versions: versions.map((version, index) => {
        const before = versions[index + 1];
        return { ...version, changes: before ? differences(before.clocks, version.clocks, speaking) : null };
      }),
      drafts,
      may: rights(me),
    };
  }

  private async speaking(response: Response): Promise<Speaking> {
    return { _: wordsOf(response), calendars: await this.shelf.calendarTitles() };
  }
}

export const rights = ({ actor }: SignedIn) => ({
  publish: can(actor, 'publish-rules'),
  apply: can(actor, 'apply-rules'),
});

/** The clocks in the order of a case's life, each in sentences. */
export function byStage(clocks: readonly ClockPolicy[], speaking: Speaking) {
  return CLOCK_STAGES.map((stage) => ({
    stage,
    clocks: clocks
      .filter((clock) => clock.stage === stage)
      .map((clock) => ({
        name: clock.name,
        title: clock.title,
        rows: clockRows(clock, speaking).filter(({ key }) => key !== 'title' && key !== 'stage'),
      })),
  })).filter((group) => group.clocks.length);
}
