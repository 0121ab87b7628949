import { FOUND_BY, INBOUND_STATES } from '#libs/database/entities/inbound-mail.entity.js';
import type { NamedFile } from '#libs/database/entities/inbound-mail.entity.js';
import { DOCUMENT_STATES } from '#libs/database/entities/document.entity.js';
import { REPLY_MEANINGS } from '#libs/domain/case/events.js';
import type { MessageHead, MessageView, TriageFile } from '#libs/inbound/messages.js';
import { instant, list, oneOf, orNull, ref, shape, text, truth, uuid, whole } from './schema.js';
import type { Schema } from './schema.js';

const HEAD: { [K in keyof MessageHead]: Schema } = {
  id: uuid,
  state: oneOf(INBOUND_STATES),
  from: shape<MessageHead['from']>({ address: text, name: text }),
  subject: text,
  receivedAt: instant,
  looksAutomatic: { ...truth, description: 'Its subject is one that machines write' },
  answers: {
    ...orNull(shape<NonNullable<MessageHead['answers']>>({ id: uuid, kind: text, to: text, sentAt: orNull(instant) })),
    description: 'The mail of ours that it answers',
  },
};

/** What the routes of mail that came in answer. */
export const MESSAGE_ANSWERS: Record<string, Schema> = {
  MessageHead: shape<MessageHead>(HEAD),
  Message: shape<MessageView>({
    ...HEAD,
    text: { ...text, description: 'Without quoted history and signature' },
    original: { ...orNull(text), description: 'As it came, where that is more' },
    attachments: {
      ...list(shape<NamedFile>({ name: text, type: text, size: whole })),
      description: 'Names and sizes in bytes, as they came',
    },
    filesOnCase: { ...truth, description: 'Its files are among the documents of the case, or named there as refused' },
    triageFiles: {
      ...list(
        shape<TriageFile>({
          ...{ name: text, size: whole, state: oneOf(DOCUMENT_STATES), checkedBy: orNull(oneOf(['scanner', 'type'])) },
          refused: { ...orNull(text), description: 'Why it was left out' },
        }),
      ),
      description: 'On no case: where its files stand. Nobody opens them before the message is put on a case',
    },
    foundBy: { ...orNull(oneOf(FOUND_BY)), description: 'How it is known what it is about' },
    party: { ...orNull(oneOf(['requester', 'responder'])), description: 'The side of the case that its sender is on' },
    organisation: orNull(ref('Organisation')),
    decided: orNull(
      shape<NonNullable<MessageView['decided']>>({
        at: instant,
        by: orNull(ref('Person')),
        meaning: orNull(oneOf(REPLY_MEANINGS)),
        reason: orNull(text),
      }),
    ),
  }),
};
