import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { freePort } from './free-port.js';

/** Whoever sits at the provider: what it will say of them. */
export interface AtProvider {
  sub: string;
  email: string;
  email_verified: boolean;
}

export const CLIENT = { OIDC_CLIENT_ID: 'action48', OIDC_CLIENT_SECRET: 'a-secret-of-the-client-only' };

/** A real OpenID provider on this machine, at which whoever the test names is signed in without being asked. */
export class TestProvider {
  person: AtProvider = { sub: 'nobody', email: '', email_verified: false };

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  /** @param returnAddress where the client is allowed to be sent back to */
  static async start(returnAddress: string): Promise<TestProvider> {
    // Not before somebody needs it: it has opinions about the version of Node, and says them.
    const { Provider } = await import('oidc-provider');
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}`;
    const late: { self?: TestProvider } = {};
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.OIDC_CLIENT_ID,
          client_secret: CLIENT.OIDC_CLIENT_SECRET,
          redirect_uris: [returnAddress],
        },
      ],
      jwks: { keys: [privateKey.export({ format: 'jwk' })] },
      cookies: { keys: ['of the test'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, accountId) => ({ accountId, claims: () => ({ ...late.self?.person, sub: accountId }) }),
      ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
        grant.addOIDCScope('openid email');
        await grant.save();
        return grant;
      },
    });
    const pages = provider.callback();
    const server = createServer((request, response) => {
      if (!request.url?.startsWith('/interaction/')) return void pages(request, response);
      const login = { accountId: late.self?.person.sub ?? '', remember: false };
      void provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
    });
    await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
    return (late.self = new TestProvider(server, issuer));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
