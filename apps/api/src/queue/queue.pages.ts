import { Controller, ForbiddenException, Get, Header, Query, Render } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CaseList } from '#libs/case-reading/case-list.js';
import type { CaseFilter, CaseListItem } from '#libs/case-reading/case-list.js';
import { QUEUE_NAMES } from '#libs/case-reading/queues.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { MailSearch } from '#libs/mail-views/mail-search.js';
import { can } from '#libs/domain/access/can.js';
import { hasQueues } from '#libs/domain/access/roles.js';
import { ENDED, STAGES } from '#libs/domain/case/stages.js';
import { badgeState } from '#libs/i18n/remaining.js';
import { answering } from '../cases/case-problems.js';
import { CasesQuery } from '../cases/cases.query.dto.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { PeopleDirectory } from './people-directory.js';
import { csvOf } from './queue-csv.js';

const URGENT = ['breached', 'to_call', 'unmatched'];

export const QUEUE_TITLES: Record<string, string> = {
  unacknowledged: 'Not acknowledged',
  unowned: 'Without an owner',
  mine: 'Mine',
  handed_to_me: 'Offered to me',
  due_soon: 'Due soon',
  breached: 'Late',
  paused: 'Paused',
  awaiting_state: 'Waiting for the State',
  awaiting_responder: 'Waiting for a responder',
  to_call: 'To call',
  unmatched: 'Unmatched',
  all: 'All cases',
};

/** The coordinators' queues: least open time left first, so the longest late is on top. */
@ApiExcludeController()
@Controller('queue')
export class QueuePages {
  constructor(
    private readonly list: CaseList,
    private readonly people: PeopleDirectory,
    private readonly mails: MailSearch,
  ) {}

  @Get()
  @Render('queue/views/queue.njk')
  async page(@Query() query: CasesQuery, @CurrentPerson() me: SignedIn) {
    const filter = this.filterOf(query, me);
    const [page, counts, coordinators, mailsToDecide] = await answering(() =>
      Promise.all([
        this.list.page(filter, me.actor),
        this.list.counts(me.actor),
        this.people.coordinators(),
        can(me.actor, 'decide-mail') ? this.mails.undecided({ actor: me.actor, requestId: null }) : 0,
      ]),
    );
    const items = page.items.map(withBadge);
    return {
      title: QUEUE_TITLES[filter.queue ?? 'all'],
      dense: true,
      queues: QUEUE_NAMES.map((name) => ({
        name,
        title: QUEUE_TITLES[name],
        count: counts[name],
        urgent: URGENT.includes(name) && counts[name] > 0,
        current: name === (filter.queue ?? 'all'),
      })),
      items,
      shown: items.length,
      total: counts[filter.queue ?? 'all'],
      calling: filter.queue === 'to_call',
      filtered: Boolean(filter.q || filter.stage || filter.owner),
      // An observer is told of a clock, and not of the step that is the coordinators’.
      first: items.filter(({ clock, nextStep }) => clock && nextStep).slice(0, 2),
      late: counts.breached,
      soon: counts.due_soon,
      mailsToDecide,
      filter,
      stages: STAGES,
      coordinators,
      next: page.next && addressOf({ ...filter, cursor: page.next }),
      csv: addressOf(filter, '/queue/cases.csv'),
    };
  }

  /** Exactly the rows that the page with the same address shows, in the same order. */
  @Get('cases.csv')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="cases.csv"')
  async csv(@Query() query: CasesQuery, @CurrentPerson() me: SignedIn): Promise<string> {
    const filter = this.filterOf(query, me);
    return csvOf((await answering(() => this.list.page(filter, me.actor))).items);
  }

  /** An empty field of the filter form means: any. */
  private filterOf(query: CasesQuery, me: SignedIn): CaseFilter {
    if (!hasQueues(me.person.roles))
      throw new ForbiddenException('The queues are for coordinators. Your own cases are on your start page.');
    return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '' && value !== undefined));
  }
}

const RESTING: Partial<Record<string, string>> = {
  returned: 'questions are with the State.',
  suspended: 'the case is suspended.',
  dormant: 'the case is dormant.',
};

/** The nearest clock in the shape that badges read; without one, why there is none. */
function withBadge(item: CaseListItem) {
  const { nearest, paused, stage, sideState } = item;
  const clock = nearest
    ? { ...nearest, state: 'running' as const, stoppedAt: null }
    : paused
      ? { state: 'paused' as const, openSecondsLeft: null, near: false, stoppedAt: null }
      : null;
  const look = nearest && clock ? { late: 'is-late', near: 'is-near' }[badgeState(clock) as string] : undefined;
  const ended = sideState !== null && ENDED.includes(sideState);
  const quiet = ended
    ? 'The case has ended.'
    : stage === 'national_process'
      ? 'The State’s own process has no deadline; it is asked every 90 days.'
      : null;
  return { ...item, clock, look, why: paused ? (RESTING[sideState ?? stage] ?? null) : null, quiet };
}

function addressOf(filter: CaseFilter, path = '/queue'): string {
  const values = Object.entries(filter).filter(([, value]) => value !== undefined);
  return `${path}?${new URLSearchParams(values.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}
