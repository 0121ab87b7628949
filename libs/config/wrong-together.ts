import type { Config } from './config.js';
import { nameOf } from './name-of.js';

/** Settings that are right one by one and wrong together. */
export function wrongTogether(config: Config): string[] {
  const wrong = [
    ...allOrNone(config, ['oidcIssuer', 'oidcClientId', 'oidcClientSecret'], 'OIDC'),
    ...allOrNone(config, ['dkimDomain', 'dkimSelector', 'dkimKey'], 'DKIM'),
    ...wrongInbound(config),
  ];
  if (config.deployment === 'production' && config.oidcIssuer.startsWith('http:'))
    wrong.push('  OIDC_ISSUER: must be an https:// address in production');
  if (config.deployment === 'production' && config.scannerAddress === 'none') wrong.push(UNSCANNED);
  return wrong;
}

/** Left empty, files wait until there is a scanner: nobody is handed what nothing has looked through. */
const UNSCANNED =
  '  SCANNER_ADDRESS: none is for a trial, production hands out no file unscanned: ' +
  'set it to the address of clamd (host:port or unix:/path), or leave it empty, and files wait';

/** An address that nobody listens behind would lose what people write to it. */
function wrongInbound({ deployment, inboundDomain, inboundLmtp, imapUrl }: Config): string[] {
  const door = inboundLmtp || imapUrl;
  return [
    ...(inboundDomain && !door ? ['  INBOUND_DOMAIN: needs INBOUND_LMTP or IMAP_URL, where its mail is taken'] : []),
    ...(door && !inboundDomain ? ['  INBOUND_DOMAIN: must be set with INBOUND_LMTP or IMAP_URL'] : []),
    ...(deployment === 'production' && imapUrl.startsWith('imap:')
      ? ['  IMAP_URL: must be an imaps:// address in production']
      : []),
  ];
}

function allOrNone(config: Config, names: readonly (keyof Config)[], what: string): string[] {
  const missing = names.filter((name) => !config[name]);
  if (missing.length === names.length) return [];
  return missing.map((name) => `  ${nameOf(name)}: must be set with the other ${what} settings, or none of them`);
}
