import { isNear } from './metrics.guard.js';

describe('an address near by', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', '10.1.2.3', '172.16.0.1', '172.31.255.254', '192.168.1.1'])(
    '%s is',
    (address) => expect(isNear(address)).toBe(true),
  );

  it.each(['::ffff:127.0.0.1', '::ffff:10.1.2.3', 'fd00::1', 'fc12:3456::7'])(
    '%s is, in the writing of IPv6',
    (address) => expect(isNear(address)).toBe(true),
  );

  it.each(['8.8.8.8', '172.32.0.1', '172.15.255.255', '192.169.0.1', '11.0.0.1', '::ffff:8.8.8.8', '2001:db8::1', ''])(
    '“%s” is not',
    (address) => expect(isNear(address)).toBe(false),
  );
});
