import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { DataSource, EntityManager } from 'typeorm';
import type { Config } from '#libs/config/config.js';
import { Passkey } from '#libs/database/entities/passkey.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';

import { queueAccountMail } from '#libs/mail/account-mail.js';

export interface PasskeyOwner {
  id: string;
  email: string;
  name: string;
}

/** A passkey as its owner tells it from their others. */
export type NamedPasskey = Pick<Passkey, 'credentialId' | 'name' | 'createdAt' | 'usedAt'>;

/**
 * Passkeys of people, each bound to this site's name. The device always asks for a finger, a face or a PIN, so that a
 * passkey is two factors in one.
 */
export class Passkeys {
  private readonly origin: string;
  private readonly rpID: string;

  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Pick<Config, 'publicUrl' | 'mailFrom' | 'secretsKey'>,
  ) {
    const { origin, hostname } = new URL(config.publicUrl);
    this.origin = origin;
    this.rpID = hostname;
  }

  /** What a device is asked to make. */
  async creationOptions({ id, email, name }: PasskeyOwner) {
    const own = await this.dataSource.manager.findBy(Passkey, { personId: id });
    return generateRegistrationOptions({
      rpName: 'Action48',
      rpID: this.rpID,
      userID: Uint8Array.from(Buffer.from(id)),
      userName: email,
      userDisplayName: name,
      attestationType: 'none',
      excludeCredentials: own.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  /** Keeps what a device has made. False when it does not answer this challenge, for this site, or is known already. */
  async add(personId: string, name: string, response: unknown, challenge: string): Promise<boolean> {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: this.origin,
      expectedRPID: this.rpID,
      requireUserVerification: true,
    }).catch(() => ({ verified: false, registrationInfo: undefined }));
    if (!verified || !registrationInfo) return false;
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    return this.dataSource.transaction(async (manager) => {
      if (await manager.existsBy(Passkey, { credentialId: id })) return false;
      await manager.insert(Passkey, {
        credentialId: id,
        personId,
        name,
        publicKey: Buffer.from(publicKey),
        uses: String(counter),
        transports,
        createdAt: new Date(),
        usedAt: null,
      });
      await this.tell(manager, 'passkey_added', personId, name);
      return true;
    });
  }

  /** What a device is asked to sign: whichever passkey of this site its owner chooses. */
  requestOptions = () => generateAuthenticationOptions({ rpID: this.rpID, userVerification: 'required' });

  /** The active person whose passkey has signed this challenge. Null otherwise; a copied key is refused with that. */
  async personOf(response: unknown, challenge: string): Promise<Person | null> {
    const id = credentialIdIn(response);
    if (id === null) return null;
    return this.dataSource.transaction(async (manager) => {
      // Two uses at once: the second reads the count that the first has written.
      const passkey = await manager.findOne(Passkey, {
        where: { credentialId: id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!passkey) return null;
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: response as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: this.origin,
        expectedRPID: this.rpID,
        requireUserVerification: true,
        credential: { id, publicKey: Uint8Array.from(passkey.publicKey), counter: Number(passkey.uses) },
      }).catch(() => ({ verified: false, authenticationInfo: undefined }));
      if (!verified || !authenticationInfo) return null;
      const person = await manager.findOneBy(Person, { id: passkey.personId, active: true, guest: false });
      if (person)
        await manager.update(Passkey, id, { uses: String(authenticationInfo.newCounter), usedAt: new Date() });
      return person;
    });
  }

  /** A person's own, oldest first. */
  of(personId: string): Promise<NamedPasskey[]> {
    return this.dataSource.manager.find(Passkey, {
      select: { credentialId: true, name: true, createdAt: true, usedAt: true },
      where: { personId },
      order: { createdAt: 'ASC', credentialId: 'ASC' },
    });
  }

  /** From now on it opens nothing. False when this person has no such passkey. */
  remove(personId: string, credentialId: string): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const passkey = await manager.findOneBy(Passkey, { personId, credentialId });
      if (!passkey) return false;
      await manager.delete(Passkey, { personId, credentialId });
      await this.tell(manager, 'passkey_removed', personId, passkey.name);
      return true;
    });
  }

  /** Whoever owns the account hears of it, also when it was somebody else who did it. */
  private async tell(
    manager: EntityManager,
    kind: 'passkey_added' | 'passkey_removed',
    personId: string,
    name: string,
  ): Promise<void> {
    const to = await manager.findOneByOrFail(Person, { id: personId });
    await queueAccountMail(
      manager,
      { kind, to, parameters: { path: '/account/passkeys', values: { name } } },
      this.config,
    );
  }
}

function credentialIdIn(response: unknown): string | null {
  const id = typeof response === 'object' && response !== null && 'id' in response ? response.id : null;
  return typeof id === 'string' && id !== '' && id.length <= 2_000 ? id : null;
}
