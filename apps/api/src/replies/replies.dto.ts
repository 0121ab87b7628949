import { REPLY_MEANINGS } from '#libs/domain/case/events.js';
import type { ReplyMeaning } from '#libs/domain/case/events.js';
import { CivilDate, OneOf, Words } from '../cases/dto/fields.js';

const LONGEST_REASON = 300;

export class AcceptReplyDto {
  @OneOf(REPLY_MEANINGS) as: ReplyMeaning;
  /** What the message says, as it goes on file; may be left out where its meaning says all. */
  @Words({ optional: true }) text?: string;
  /** With `time`: the day by which they answer. */
  @CivilDate({ optional: true }) until?: string;
  /** With `pass_on`: the address of their colleague, who has an account of the same organisation. */
  @Words({ max: 254, optional: true }) email?: string;
}

export class SetAsideDto {
  @Words({ max: LONGEST_REASON }) reason: string;
}

export class AttachMessageDto {
  @Words({ max: 40 }) reference: string;
  @Words({ max: LONGEST_REASON }) reason: string;
}
