import type { TemplateStatus } from '#libs/mail-templates/template-status.js';
import type { TemplateField } from '#libs/mail-templates/validate.js';

/** How far words have been looked at. */
export const STATUS_WORDS: Record<TemplateStatus, string> = {
  machine: 'Not reviewed',
  source: 'English as the program comes',
  edited: 'Edited, not reviewed',
  reviewed: 'Reviewed',
};

export const TEMPLATE_FIELD_WORDS: Record<TemplateField, string> = {
  subject: 'Subject',
  lines: 'Text of the mail',
  link: 'Words of the link',
};

/** What is told when somebody comes back from a form. */
export const TEMPLATE_DONE: Record<string, string> = {
  saved: 'The new version is in force. Mails that are sent from now on have these words.',
  restored: 'The words of before are in force again, as a new version.',
  reviewed: 'You have confirmed these words as reviewed.',
};

export const EDITED_MEANWHILE =
  'Somebody has saved other words meanwhile. Look at them; what you typed is still here, and is saved if you send it again.';
