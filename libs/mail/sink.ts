import type { Config } from '#libs/config/config.js';

type Place = Pick<Config, 'deployment' | 'smtpUrl' | 'mailSink' | 'mailAllowed'>;

const THIS_MACHINE = ['127.0.0.1', '[::1]', 'localhost'];
/** Where mail servers listen that send on; without a port, one of these is meant. */
const SERVER_PORTS = ['', '25', '465', '587'];

/**
 * Why this deployment sends no mail to an address, or null. Outside production, where a copy of the real database may be
 * at work, mail goes only to a sink (a catcher on this machine, or a server of which MAIL_SINK says that it keeps
 * everything) and, through any other server, to those whom MAIL_ALLOWED lists.
 * @param recipient absent: anybody whom nothing is said of
 */
export function whyWithheld({ deployment, smtpUrl, mailSink, mailAllowed }: Place, recipient = ''): string | null {
  if (deployment === 'production' || mailSink === 'yes') return null;
  const { hostname, port } = new URL(smtpUrl);
  if (THIS_MACHINE.includes(hostname) && !SERVER_PORTS.includes(port)) return null;
  if (isListed(recipient, mailAllowed)) return null;
  return `outside production mail goes only to a sink or to whom MAIL_ALLOWED lists, and nothing says that ${hostname}${port && `:${port}`} is one (MAIL_SINK)`;
}

/** Listed by its address or by exactly its domain; both are compared without regard to case. */
function isListed(recipient: string, mailAllowed: string): boolean {
  const address = recipient.toLowerCase();
  const domain = address.slice(address.lastIndexOf('@'));
  return domain.length > 1 && allowedIn(mailAllowed).some((one) => one === address || one === domain);
}

/** `a@example.org, @example.net`: addresses and domains, parted by commas or spaces. */
const allowedIn = (mailAllowed: string): string[] =>
  mailAllowed
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
