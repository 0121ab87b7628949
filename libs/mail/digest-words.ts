/** What a digest says; `{n}` is how many things it tells. */
export const DIGEST_WORDS = {
  subject: '{n} things to know about your cases',
  lines: [
    'This is what has happened on your cases since the last digest.',
    'None of it asks anything of you: what does comes in a mail of its own.',
  ],
  more: 'And {n} things more: open your cases to see them.',
  open: 'Open your cases',
  choose: 'Choose how often you get this',
  stop: 'Stop digests',
  foot: 'You receive this because of your part in these cases. The content of a case is never sent by mail.',
};
