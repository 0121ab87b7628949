import type { Notice } from '../case/notices.js';
import type { EventType } from '../case/events.js';
import { classOf } from './class-of.js';

const of = (kind: Notice['kind'], to: Notice['to'], event: EventType, more: Partial<Notice> = {}) =>
  classOf({ kind, to, delivery: 'notice', ...more }, event);
const clock = (name: string): Partial<Notice> => ({ clock: { name, subject: '' } });

describe('how much a mail may wait', () => {
  it('a breach and an escalation from level 2 on wait for nothing; a lead that is first told of a late step reads it at work', () => {
    expect(of('breach', 'L0', 'clock_breached')).toBe('urgent');
    expect(of('escalation', 'L1', 'clock_breached', { level: 1 })).toBe('urgent');
    expect(of('escalation', 'L1', 'clock_escalated', { level: 1 })).toBe('single');
    expect(of('escalation', 'L2', 'clock_escalated', { level: 2 })).toBe('urgent');
    expect(of('all_declined', 'L2', 'invitation_declined', { level: 2 })).toBe('urgent');
    expect(of('hand_over_unanswered', 'receiver', 'clock_breached')).toBe('urgent');
  });

  it('whoever is read without being asked, and whoever has sent a request, hears at once', () => {
    expect(of('glass_broken', 'requester', 'glass_broken')).toBe('urgent');
    expect(of('receipt', 'requester', 'opened', clock('acknowledge'))).toBe('urgent');
    expect(of('acknowledgement', 'requester', 'acknowledged', clock('verify'))).toBe('urgent');
  });

  it('what is soon due, assigned, or asks for something is a mail of its own', () => {
    for (const kind of ['reminder', 'warning'] as const) expect(of(kind, 'responder', 'reminder_due')).toBe('single');
    expect(of('assignment', 'L0', 'owner_assigned')).toBe('single');
    expect(of('invitation', 'responder', 'circulated', clock('responder_answer'))).toBe('single');
    expect(of('responder_answer', 'L0', 'question_asked', clock('answer_question'))).toBe('single');
  });

  it('a State hears singly of the fate of its request, and a responder of that of its offer', () => {
    for (const kind of ['plan', 'suspended', 'case_ended', 'dormant'] as const)
      expect(of(kind, 'requester', 'suspended')).toBe('single');
    expect(of('offer_decision', 'responder', 'offer_declined')).toBe('single');
  });

  it('what only informs coordinators and responders is gathered', () => {
    for (const kind of ['plan', 'suspended', 'case_ended'] as const)
      expect(of(kind, 'responder', 'suspended')).toBe('digest');
    expect(of('responder_answer', 'L0', 'offer_made')).toBe('digest');
    expect(of('hand_over_ended', 'receiver', 'hand_over_withdrawn')).toBe('digest');
    expect(of('party_excluded', 'L0', 'party_excluded')).toBe('digest');
  });
});
