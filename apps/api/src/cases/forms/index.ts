import type { Verb } from '#libs/domain/case/commands/index.js';
import type { CommandForm } from './field.js';
import { INTAKE_FORMS } from './intake.js';
import { RESPONDER_FORMS, STATE_FORMS } from './sides.js';
import { WORK_FORMS } from './work.js';

/** Every verb as a form; nothing is left without one. */
export const FORMS: Record<Verb, CommandForm> = { ...INTAKE_FORMS, ...WORK_FORMS, ...STATE_FORMS, ...RESPONDER_FORMS };
