/** The part of the sender's address after the `@`: what message ids of this deployment end with. */
export function messageIdDomain(mailFrom: string): string {
  return /@([^\s<>@]+)>?$/.exec(mailFrom)?.[1] ?? 'action48.invalid';
}
