import type { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { recordAdminEvent } from '#libs/audit/admin-events.js';
import { StandingOffer } from '#libs/database/entities/standing-offer.entity.js';
import { can } from '#libs/domain/access/can.js';
import { civilDate } from '#libs/domain/calendar/civil.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { suppressWaiting } from '#libs/mail-sequences/sequence-mail.js';
import { acting, takeKey } from '#libs/people/acting.js';
import type { Act, KeyedRequest } from '#libs/people/acting.js';
import { NotAcceptable, NotTheirs, Stale, StandsInTheWay, Unknown } from '#libs/people/refused.js';
import { offerProblems, validityProblems } from './offer-facts.js';
import type { OfferFacts } from './offer-facts.js';
import { subjectOf } from './offer-view.js';

/** Said to whoever may see an offer and does not keep it. */
export const THEIRS = 'Only the organisation that made the offer, the coordinators and the ISU change it.';

/** What providers do with their standing offers, or those who work on cases for them. */
export class StandingOffers {
  constructor(private readonly dataSource: DataSource) {}

  /** Returns its id. @throws NotTheirs · NotAcceptable · KeyReused */
  add(actorId: string, facts: OfferFacts, request?: KeyedRequest): Promise<string> {
    return acting(this.dataSource, actorId, async (act) => {
      const subject = { organisationId: facts.organisationId, public: facts.public, withdrawn: false };
      if (!can(act.actor, 'manage-standing-offer', subject)) throw new NotTheirs(THEIRS);
      const { id, again } = request ? await takeKey(act, request) : { id: uuidv7(), again: false };
      if (again) return id;
      const problems = await offerProblems(act.manager, facts, todayOf(act));
      if (problems.length) throw new NotAcceptable(problems);
      const made = { id, authorId: actorId, createdAt: act.now, confirmedAt: act.now, withdrawnAt: null };
      await act.manager.insert(StandingOffer, { ...tidy(facts), ...made });
      await record(act, 'standing_offer_added', id, { after: recorded(facts) });
      return id;
    });
  }

  /** The provider stays. @throws Unknown · NotTheirs · Stale · StandsInTheWay when it is withdrawn · NotAcceptable */
  change(actorId: string, id: string, revision: number, changes: Partial<OfferFacts>): Promise<void> {
    return acting(this.dataSource, actorId, async (act) => {
      const before = await held(act, id);
      if (before.revision !== revision) throw new Stale();
      refuseWithdrawn(before);
      const { organisationId } = before;
      const facts: OfferFacts = { ...factsOf(before), ...changes, organisationId };
      const isMoved = facts.validUntil !== before.validUntil;
      const problems = await offerProblems(act.manager, facts, todayOf(act));
      // What has expired may be put right all the same; it is over until it is renewed.
      const wrong = problems.filter(({ field }) => field !== 'validUntil' || isMoved);
      if (wrong.length) throw new NotAcceptable(wrong);
      const confirmed = isMoved ? { confirmedAt: act.now } : {};
      await act.manager.update(StandingOffer, id, { ...tidy(facts), ...confirmed, revision: revision + 1 });
      if (isMoved) await suppressWaiting(act.manager, 'offer_renewal', id, CALLED_OFF.offerRenewed);
      await record(act, 'standing_offer_changed', id, { before: recorded(factsOf(before)), after: recorded(facts) });
    });
  }

  /** Says until when it holds from now on. @throws Unknown · NotTheirs · StandsInTheWay when it is withdrawn · NotAcceptable */
  renew(actorId: string, id: string, validUntil: string): Promise<void> {
    return acting(this.dataSource, actorId, async (act) => {
      const before = await held(act, id);
      refuseWithdrawn(before);
      const problems = validityProblems(validUntil, todayOf(act));
      if (problems.length) throw new NotAcceptable(problems);
      const renewed = { validUntil, confirmedAt: act.now, revision: before.revision + 1 };
      await act.manager.update(StandingOffer, id, renewed);
      await suppressWaiting(act.manager, 'offer_renewal', id, CALLED_OFF.offerRenewed);
      await record(act, 'standing_offer_renewed', id, { before: before.validUntil, after: validUntil });
    });
  }

  /** For good; again: no effect. @throws Unknown · NotTheirs */
  withdraw(actorId: string, id: string): Promise<void> {
    return acting(this.dataSource, actorId, async (act) => {
      const before = await held(act, id);
      if (before.withdrawnAt) return;
      await act.manager.update(StandingOffer, id, { withdrawnAt: act.now, revision: before.revision + 1 });
      await suppressWaiting(act.manager, 'offer_renewal', id, CALLED_OFF.offerWithdrawn);
      await record(act, 'standing_offer_withdrawn', id, {});
    });
  }
}

const todayOf = ({ now }: Act): string => civilDate(now.getTime(), GENEVA.timezone);

/** Whoever may not see it, is told of nothing. The row is held, so that no reminder of it is written meanwhile. */
async function held({ manager, actor }: Act, id: string): Promise<StandingOffer> {
  const offer = await manager.findOne(StandingOffer, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!offer || !can(actor, 'see-standing-offer', subjectOf(offer))) throw new Unknown();
  if (!can(actor, 'manage-standing-offer', subjectOf(offer))) throw new NotTheirs(THEIRS);
  return offer;
}

function refuseWithdrawn({ withdrawnAt }: StandingOffer): void {
  if (withdrawnAt) throw new StandsInTheWay('offer-withdrawn', 'This offer has been withdrawn. Make a new one.');
}

function factsOf(offer: StandingOffer): OfferFacts {
  const { organisationId, needTypes, legalSystems, languages, regions, states, modalities, ...more } = offer;
  const { funding, capacityPerYear, leadTimeDays, conditions, contactName, contactEmail, validUntil } = more;
  return {
    ...{ organisationId, needTypes, legalSystems, languages, regions, states, modalities, funding, capacityPerYear },
    ...{ leadTimeDays, conditions, contactName, contactEmail, public: offer.public, validUntil },
  };
}

/** Nothing that somebody typed: the record keeps no names and no addresses. */
function recorded({ conditions: _conditions, contactName: _name, contactEmail: _email, ...facts }: OfferFacts) {
  return facts;
}

const tidy = (facts: OfferFacts): OfferFacts => ({
  ...facts,
  conditions: facts.conditions.trim(),
  contactName: facts.contactName.trim(),
  contactEmail: facts.contactEmail.trim().toLowerCase(),
});

const record = ({ manager, actor }: Act, action: string, subjectId: string, body: Record<string, unknown>) =>
  recordAdminEvent(manager, { actorId: actor.personId, action, subjectKind: 'standing_offer', subjectId, body });
