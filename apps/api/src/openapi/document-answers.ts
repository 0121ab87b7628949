import { DOCUMENT_STATES } from '#libs/database/entities/document.entity.js';
import type { DocumentView } from '#libs/documents/document-shelf.js';
import { instant, oneOf, orNull, shape, text, truth, uuid, whole } from './schema.js';
import type { Schema } from './schema.js';

/** Answers about the documents of a case. */
export const DOCUMENT_ANSWERS: Record<string, Schema> = {
  Document: shape<DocumentView>({
    id: uuid,
    name: { ...text, description: 'Cleaned; empty once erased' },
    type: { ...orNull(text), description: 'What its content is; null when it was refused' },
    size: { ...whole, description: 'Bytes' },
    sha256: text,
    state: { ...oneOf(DOCUMENT_STATES), description: 'Only what is `clean` is handed out' },
    checkedBy: { ...orNull(oneOf(['scanner', 'type'])), description: '`type`: this deployment has no scanner' },
    refused: { ...orNull(text), description: 'Why it was not taken, and what would be' },
    letter: { ...oneOf(['R', 'P']), description: 'P: released to those who work on the case' },
    source: oneOf(['upload', 'mail']),
    addedAt: instant,
    yours: { ...truth, description: 'Added by the caller' },
    removedAt: { ...orNull(instant), description: 'Taken back by whoever added it' },
    erasedAt: { ...orNull(instant), description: 'Its content is not kept any more' },
    mayDownload: truth,
    mayRelease: truth,
    mayRemove: truth,
  }),
};
