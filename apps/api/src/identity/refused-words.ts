import type { PasswordFault } from '#libs/identity/password-rules.js';

/** What is wrong with a password that somebody has chosen. */
export const PASSWORD_FAULTS: Record<PasswordFault, string> = {
  too_short: 'The new password is too short: use 12 characters or more. Several words are easy to remember.',
  too_long: 'The new password is too long: use 128 characters or fewer.',
  too_common: 'Very many people have this password, so it is easily guessed. Choose another one.',
  has_address: 'The new password contains your address, which everybody knows. Choose another one.',
};

/** Why somebody is not let in, or not let do something; which of several it is would tell too much. */
export const REFUSED = {
  credentials: 'The e-mail address or the password is wrong. Check both and try again.',
  secondFactor: 'The code is wrong, or has been used. Wait for the next one, then try again.',
  firstCode: 'This is not the code that the app shows now. Check that the clock of your device is right.',
  resetCode:
    'The code is wrong, has been tried too often or is too old, or was asked for in another browser. Check it, or ask for a new one.',
  password: 'This is not your password. Check it and try again.',
};
