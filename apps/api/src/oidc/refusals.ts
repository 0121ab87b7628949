/** Why somebody who came from the identity provider is not let in, with the remedy. Who has an account here is not said. */
export const REFUSALS = {
  away: {
    status: 503,
    title: 'The sign-in service does not answer',
    explains: '“{provider}” could not be reached, so nobody can be signed in there at the moment.',
    detail: '',
    remedy: 'Try again in a few minutes, or sign in with your password or a passkey.',
  },
  unfinished: {
    status: 400,
    title: 'This sign-in was not finished',
    explains: 'What came back from “{provider}” does not belong to a sign-in that this browser has begun.',
    detail: 'It may have been used already, or have taken too long.',
    remedy: 'Begin again from the sign-in page, in one window.',
  },
  unknown: {
    status: 403,
    title: 'No account goes with this sign-in',
    explains: 'You are signed in at “{provider}”, but no account of staff here can be opened with it.',
    detail: 'The account must have the e-mail address that “{provider}” has verified.',
    remedy: 'Ask an administrator to check the address of your account, or sign in with your password.',
  },
} as const;
