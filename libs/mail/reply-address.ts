import { timingSafeEqual } from 'node:crypto';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { keyedHash } from '#libs/secrets/secret-box.js';

/** `reply`: where answers go; `bounces`: where mail servers report to. */
const USES = ['reply', 'bounces'] as const;
export type AddressUse = (typeof USES)[number];

type Addressed = Pick<Mail, 'id' | 'recipient' | 'caseId'>;

/** What an address of ours says; true only once `isOurs` has looked at the row. */
export interface AddressClaim {
  use: AddressUse;
  mailId: string;
  signature: string;
}

const SIGNATURE_BITS = 80;
const ID_DIGITS = 32;
const SIGNATURE_DIGITS = SIGNATURE_BITS / 4;
/** 208 bits in base 32, whose signs mean the same in capitals: mail servers change the case of what stands before the `@`. */
const TOKEN_SIGNS = 42;
const ADDRESS = new RegExp(`^(${USES.join('|')})\\+([0-9a-v]{${TOKEN_SIGNS}})@`);

/** `reply+<token>@<domain>`: names a row of the ledger, and is signed for its recipient and case. At most 50 signs before the `@`. */
export function signedAddress(use: AddressUse, row: Addressed, place: { domain: string; secretsKey: string }): string {
  const hex = row.id.replaceAll('-', '') + signatureOf(use, row, place.secretsKey);
  return `${use}+${BigInt(`0x${hex}`).toString(32).padStart(TOKEN_SIGNS, '0')}@${place.domain}`;
}

/** What an address claims; null when it is none of these. */
export function readAddress(address: string): AddressClaim | null {
  const [, use, token] = ADDRESS.exec(address.toLowerCase()) ?? [];
  if (!use || !token) return null;
  const value = [...token].reduce((sum, sign) => sum * 32n + BigInt(parseInt(sign, 32)), 0n);
  const hex = value.toString(16).padStart(ID_DIGITS + SIGNATURE_DIGITS, '0');
  if (hex.length > ID_DIGITS + SIGNATURE_DIGITS) return null;
  const mailId = hex.slice(0, ID_DIGITS).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { use: use as AddressUse, mailId, signature: hex.slice(ID_DIGITS) };
}

/** Whether we made this address for this very row, as it is now. */
export function isOurs({ use, mailId, signature }: AddressClaim, row: Addressed, secretsKey: string): boolean {
  const [given, made] = [signature, signatureOf(use, row, secretsKey)].map((hex) => Buffer.from(hex, 'hex'));
  return row.id === mailId && given?.length === made?.length && timingSafeEqual(given as Buffer, made as Buffer);
}

const signatureOf = (use: AddressUse, { id, recipient, caseId }: Addressed, secretsKey: string): string =>
  keyedHash(secretsKey, `mail-address/${use}/${id}`, `${recipient}\0${caseId ?? ''}`).slice(0, SIGNATURE_DIGITS);
