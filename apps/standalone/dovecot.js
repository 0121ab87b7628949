// The IMAP server for the tests of the mail reader. Without it those tests say that they did not run.
import { canInstall, installPackage, onPath } from './debian.js';
import { say } from './terminal.js';

const PACKAGE = 'dovecot-imapd';

/** @returns {string | undefined} */
export const findDovecot = () => onPath(['dovecot']);

export async function obtainDovecot() {
  const reason = findDovecot() || !canInstall() ? undefined : await installPackage(PACKAGE);
  say('dovecot', findDovecot() ?? `tests over IMAP will say "not run": ${reason ?? `install ${PACKAGE}`}`);
}
