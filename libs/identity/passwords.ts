import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the library's defaults. */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** A hash of nothing, so that an unknown address takes as long as a wrong password. */
const NOBODY = hash('nobody has this password');

/** Whether the password is this person's; as slow for nobody as for somebody. */
export async function checkPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await NOBODY), password);
  return passwordHash !== null && matches;
}
