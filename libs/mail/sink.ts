import type { Config } from '#libs/config/config.js';

type Place = Pick<Config, 'deployment' | 'smtpUrl' | 'mailSink'>;

const THIS_MACHINE = ['127.0.0.1', '[::1]', 'localhost'];
/** Where mail servers listen that send on; without a port, one of these is meant. */
const SERVER_PORTS = ['', '25', '465', '587'];

/**
 * Why this deployment sends no mail, or null. Outside production, where a copy of the real database may be at work, mail
 * goes only to a sink: a catcher on this machine, or a server of which MAIL_SINK says that it keeps everything.
 */
export function whyWithheld({ deployment, smtpUrl, mailSink }: Place): string | null {
  if (deployment === 'production' || mailSink === 'yes') return null;
  const { hostname, port } = new URL(smtpUrl);
  if (THIS_MACHINE.includes(hostname) && !SERVER_PORTS.includes(port)) return null;
  return `outside production mail goes only to a sink, and nothing says that ${hostname}${port && `:${port}`} is one (MAIL_SINK)`;
}
