import { Injectable } from '@nestjs/common';
import * as openid from 'openid-client';
import type { Configuration } from 'openid-client';
import { Config } from '#libs/config/config.js';
import type { ProviderClaims } from '#libs/identity/identities.js';

/** What must come back from the provider with somebody. */
export interface ProviderChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** The OpenID provider of the settings: authorization code with PKCE, `state` and `nonce`. */
@Injectable()
export class IdentityProvider {
  private found: Promise<Configuration> | null = null;

  constructor(private readonly config: Config) {}

  get isSet(): boolean {
    return this.config.oidcIssuer !== '';
  }

  get name(): string {
    return this.config.oidcName;
  }

  /** Where the provider sends people back to; it must know this address. */
  get returnAddress(): string {
    return new URL('/sign-in/provider/return', this.config.publicUrl).href;
  }

  /** Where the browser goes next, and what must come back with it. Throws when the provider does not answer. */
  async begin(): Promise<{ address: string; checks: ProviderChecks }> {
    const configuration = await this.discovered();
    const checks = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      codeVerifier: openid.randomPKCECodeVerifier(),
    };
    const address = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: this.returnAddress,
      scope: 'openid email',
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(checks.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { address: address.href, checks };
  }

  /** What the provider says of whoever came back; `query` is that of the address. Throws when anything does not fit. */
  async end(query: string, { state, nonce, codeVerifier }: ProviderChecks): Promise<ProviderClaims> {
    const configuration = await this.discovered();
    const tokens = await openid.authorizationCodeGrant(configuration, new URL(query, this.returnAddress), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('the provider sent no ID token');
    // Many providers tell the address only to whoever asks for it.
    const told = claims['email'] ? claims : await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    const { email, email_verified: verified } = told as { email?: unknown; email_verified?: unknown };
    return {
      issuer: claims.iss,
      subject: claims.sub,
      email: typeof email === 'string' ? email : null,
      emailVerified: verified === true,
    };
  }

  /** Asked for once; again after a failure. */
  private discovered(): Promise<Configuration> {
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = null;
      throw error;
    });
    return this.found;
  }

  private discover(): Promise<Configuration> {
    const { deployment, oidcIssuer, oidcClientId, oidcClientSecret } = this.config;
    // Plain HTTP is for a provider on one's own machine; the settings refuse it in production.
    const insecure = deployment === 'trial' && oidcIssuer.startsWith('http:');
    return openid.discovery(new URL(oidcIssuer), oidcClientId, oidcClientSecret, undefined, {
      // The token's signature too, and not only that it came over the provider's own connection.
      execute: [openid.enableNonRepudiationChecks, ...(insecure ? [openid.allowInsecureRequests] : [])],
    });
  }
}
