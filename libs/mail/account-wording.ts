import type { AccountMailKind } from '#libs/contracts/mail.js';
import type { Wording } from './wording.js';

interface AccountWording extends Wording {
  /** What the secret is called where the mail shows it; without this it is in the link, or there is none. */
  code?: string;
}

const NOT_YOU = 'If this was not you, change your password at once and tell whoever runs this system.';

/** What each mail about an account says; `{…}` are its values. */
export const ACCOUNT_WORDING: Record<AccountMailKind, AccountWording> = {
  account_invitation: {
    subject: 'you are invited to Action48',
    lines: ['{inviter} has invited you to Action48, as: {roles}.', 'Follow the link to set up your account.'],
    code: 'Code',
    link: 'Set up your account',
  },
  sign_in_code: {
    subject: 'your code',
    lines: [
      'Somebody, most likely you, asked to follow a request by its reference and this address.',
      'If it was not you, there is nothing to do: without the code nobody gets in.',
    ],
    code: 'Code',
    link: 'Type the code here, in the browser that asked for it',
  },
  password_reset: {
    subject: 'your code for a new password',
    lines: [
      'Somebody, most likely you, asked for a new password for this address.',
      'If it was not you, there is nothing to do: your password stays as it is.',
    ],
    code: 'Code',
    link: 'Type the code here, in the browser that asked for it',
  },
  password_changed: {
    subject: 'your password has been changed',
    lines: [
      'The password of your account has been changed, and everybody who was signed in has been signed out.',
      NOT_YOU,
    ],
    link: 'Your account',
  },
  second_factor_added: {
    subject: 'a second factor has been added',
    lines: ['From now on, signing in to your account also asks for a code from your authenticator app.', NOT_YOU],
    link: 'Your account',
  },
  second_factor_removed: {
    subject: 'your second factor has been turned off',
    lines: ['Signing in to your account no longer asks for a code from your authenticator app.', NOT_YOU],
    link: 'Your account',
  },
  token_made: {
    subject: 'a token for programs has been made',
    lines: ['A token called “{name}” has been made for your account. Programs that hold it act in your name.', NOT_YOU],
    link: 'Your tokens',
  },
  deputy_ended: {
    subject: 'your deputy has no account any more',
    lines: [
      'Whoever stands in for you when you are away has no account any more.',
      'Please name somebody else, so that what is sent to you is read while you are away.',
    ],
    link: 'Name a deputy',
  },
  passkey_added: {
    subject: 'a passkey has been added',
    lines: [
      'A passkey called “{name}” has been added to your account. Whoever holds that device can sign in.',
      NOT_YOU,
    ],
    link: 'Your passkeys',
  },
  passkey_removed: {
    subject: 'a passkey has been removed',
    lines: ['The passkey called “{name}” has been removed from your account. It opens nothing any more.', NOT_YOU],
    link: 'Your passkeys',
  },
  draft_idle: {
    subject: 'a request that you began waits for you',
    lines: [
      'You began a request for assistance ({state}) and have not gone on with it since {day}. It has not been sent to anybody.',
      'It is kept until {until} and deleted then. If you no longer need it, discard it: then you hear no more of it.',
    ],
    link: 'Go on with the request',
  },
  offer_renewal: {
    subject: 'your offer of assistance ends soon',
    lines: [
      'The offer of your organisation ({needs}) is valid until {until}. After that nobody is sent to you because of it.',
      'If it still holds, renew it; if it does not, withdraw it: then you hear no more of it.',
    ],
    link: 'Renew or withdraw the offer',
  },
};
