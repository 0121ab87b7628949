import type { Stage } from '../stages.js';

/** Stages in which nobody outside has seen the request yet. */
export const BEFORE_CIRCULATION: readonly Stage[] = ['submitted', 'verification', 'triage', 'returned', 'consent'];

/** Stages in which invited responders may speak. */
export const WITH_RESPONDERS: readonly Stage[] = ['circulated', 'matching', 'unmatched'];
