import { REPLY_MEANINGS } from '#libs/domain/case/events.js';
import type { ReplyMeaning } from '#libs/domain/case/events.js';
import { OneOf, Words } from '../cases/dto/fields.js';

const LONGEST_REASON = 300;

export class AcceptReplyDto {
  @OneOf(REPLY_MEANINGS) as: ReplyMeaning;
  /** What the message says, as it goes on file; may be left out for interest alone. */
  @Words({ optional: true }) text?: string;
}

export class SetAsideDto {
  @Words({ max: LONGEST_REASON }) reason: string;
}

export class AttachMessageDto {
  @Words({ max: 40 }) reference: string;
  @Words({ max: LONGEST_REASON }) reason: string;
}
