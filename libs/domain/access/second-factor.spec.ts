import { owedBy } from './second-factor.js';
import type { Proof } from './second-factor.js';

const session = (changes: Partial<Proof> = {}): Proof => ({
  roles: ['requester'],
  method: 'password',
  answered: false,
  enrolled: false,
  demanded: true,
  ...changes,
});

describe('a session', () => {
  it.each(['password', 'code'])(
    'begun by %s owes the second factor that its person has, until it is answered',
    (method) => {
      expect(owedBy(session({ method, enrolled: true }))).toBe('second-factor');
      expect(owedBy(session({ method, enrolled: true, demanded: false }))).toBe('second-factor');
      expect(owedBy(session({ method, enrolled: true, answered: true }))).toBeNull();
    },
  );

  it.each(['passkey', 'oidc'])('begun by %s owes nothing more', (method) => {
    expect(owedBy(session({ method, enrolled: true, roles: ['admin'] }))).toBeNull();
  });

  it.each(['coordinator', 'coordinator_lead', 'isu', 'admin'])(
    'of staff without a second factor (%s) owes its enrolment where one is demanded',
    (role) => {
      expect(owedBy(session({ roles: ['responder', role] }))).toBe('enrolment');
      expect(owedBy(session({ roles: [role], demanded: false }))).toBeNull();
    },
  );

  it.each(['requester', 'state_admin', 'responder', 'observer'])('of others without one owes nothing: %s', (role) => {
    expect(owedBy(session({ roles: [role] }))).toBeNull();
  });
});
