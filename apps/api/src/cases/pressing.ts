import type { ClockView } from '#libs/case-reading/clock-views.js';
import { badgeState } from '#libs/i18n/remaining.js';

/** Late, or nearly so. */
export const isPressing = (clock: ClockView): boolean => ['near', 'late'].includes(badgeState(clock));
