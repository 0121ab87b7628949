import { HttpException, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Through } from '#libs/case-reading/access-log.js';
import type { CaseView } from '#libs/case-reading/case-view.js';
import { productNow } from '#libs/case-store/product-time.js';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import { isCaseStaff } from '#libs/domain/access/roles.js';
import { partyKey } from '#libs/domain/case/exclusions.js';
import type { RequestForm } from '#libs/domain/case/request-form.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { CaseDesk } from '../cases/case-desk.js';
import { answering, found } from '../cases/case-problems.js';
import type { FieldError } from '../problems/problem.js';
import { fieldProblem } from '../problems/validation.js';

/** Takes in requests of the right shape: whether this person may ask for this State, and whether the State may ask. */
@Injectable()
export class RequestDesk {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cases: CaseDesk,
  ) {}

  /** @throws 422 naming each field that the rules refuse */
  async open(
    form: RequestForm,
    { actor }: SignedIn,
    through: Through,
    key?: string,
  ): Promise<{ view: CaseView; created: boolean }> {
    const errors = await this.obstacles(form, actor);
    if (errors.length) throw fieldProblem(errors, 422);
    const opened = await answering(() => this.cases.open({ form, actor, receivedAt: Date.now(), ...(key && { key }) }));
    const view = found(await this.cases.viewAt(opened.reference, actor, opened.version, through));
    return { view, created: opened.created };
  }

  /** What keeps this person from sending this form, by field. */
  async obstacles(form: RequestForm, actor: SignedIn['actor']): Promise<FieldError[]> {
    const { requestingState, channel, receivedAt } = form;
    const staff = isCaseStaff(actor.roles);
    if (!staff && !actor.roles.includes('requester'))
      throw new HttpException(
        {
          type: '/problems/not-permitted',
          title: 'Not for you to do',
          detail: 'Requests are made by States, or logged by coordinators.',
        },
        403,
      );
    if (!staff && requestingState !== actor.stateCode)
      return [{ field: 'requestingState', message: `must be your own State, ${actor.stateCode}` }];
    if (!staff && channel !== 'form')
      return [{ field: 'channel', message: 'must be form; other channels are logged by coordinators' }];
    if (!staff && receivedAt) return [{ field: 'receivedAt', message: 'is given by coordinators only' }];
    if (staff && channel === 'form')
      return [{ field: 'channel', message: 'must say how the request came; form is for States' }];
    if (staff && !receivedAt) return [{ field: 'receivedAt', message: 'is required: when the request came' }];
    if (receivedAt && Date.parse(receivedAt) > (await productNow(this.dataSource.manager)))
      return [{ field: 'receivedAt', message: 'must not lie in the future' }];
    if (channel === 'note_verbale' && !form.noteVerbale)
      return [{ field: 'noteVerbale', message: 'is required: number and date of the note verbale' }];
    return [...(await this.stateObstacles(form)), ...(await this.unknownParties(form.excludedParties))];
  }

  /** A misspelt party would not be excluded: what names nobody is refused. */
  async unknownParties(excluded: readonly string[]): Promise<FieldError[]> {
    if (!excluded.length) return [];
    const { manager } = this.dataSource;
    const [organisations, states] = await Promise.all([manager.find(Organisation), manager.find(State)]);
    const known = new Set(
      [
        ...organisations.flatMap(({ id, code, name }) => [id, code, name]),
        ...states.flatMap(({ code, name }) => [code, name]),
      ].map(partyKey),
    );
    return excluded.flatMap((party, index) =>
      known.has(partyKey(party))
        ? []
        : [
            {
              field: `excludedParties[${index}]`,
              message: `names no organisation or State known here: ${party}. Give its code or its name as the list of responders has it`,
            },
          ],
    );
  }

  /** Whether this State may ask at all, and whether a signatory has said how far it is. */
  async stateObstacles({
    requestingState,
    stageOfRatification,
  }: {
    requestingState: string;
    stageOfRatification?: string;
  }): Promise<FieldError[]> {
    const state = await this.dataSource.manager.findOneBy(State, { code: requestingState });
    const field = 'requestingState';
    if (!state)
      return [
        {
          field,
          message: 'is not a State of the reference data; a non-party is helped by the universalisation contact',
        },
      ];
    if (state.ccmStatus === 'withdrawn')
      return [{ field, message: 'has withdrawn from the Convention, so no new case can be opened' }];
    if (state.ccmStatus === 'signatory' && !stageOfRatification)
      return [{ field: 'stageOfRatification', message: 'is required of a signatory' }];
    return [];
  }
}
