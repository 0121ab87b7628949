import { outcomeOf } from './outcome.js';

describe('what a failed sending means', () => {
  it.each([
    ['no such box', { responseCode: 550, command: 'RCPT TO' }, false, 'refused'],
    ['the message is not wanted', { responseCode: 554, command: 'DATA' }, true, 'refused'],
    ['the box is busy', { responseCode: 450, command: 'RCPT TO' }, false, 'not_sent'],
    ['the server is full', { responseCode: 452, command: 'DATA' }, true, 'not_sent'],
    ['the server closes instead of taking the message', { responseCode: 421, command: 'DATA' }, true, 'not_sent'],
    ['the server closes in the middle', { responseCode: 421, command: 'CONN' }, true, 'not_sent'],
    ['our sender is not known yet', { responseCode: 550, command: 'MAIL FROM' }, false, 'not_sent'],
    ['our sign-in is wrong', { responseCode: 535, command: 'AUTH PLAIN' }, false, 'not_sent'],
    ['we should have signed in', { responseCode: 530, command: 'RCPT TO' }, false, 'not_sent'],
    ['the session is out of order', { responseCode: 503, command: 'DATA' }, false, 'not_sent'],
    ['nobody listens', { code: 'ESOCKET', syscall: 'connect', command: 'CONN' }, false, 'away'],
    ['the name leads nowhere', { code: 'EDNS', command: 'CONN' }, false, 'away'],
    ['the line breaks before the message', { code: 'ECONNECTION', command: 'CONN' }, false, 'not_sent'],
    ['the line breaks behind it', { code: 'ECONNECTION', command: 'CONN' }, true, 'unknown'],
    ['silence behind it', { code: 'ETIMEDOUT', command: 'CONN' }, true, 'unknown'],
    ['an answer that nobody asked for', { code: 'EPROTOCOL', responseCode: 250, command: 'CONN' }, true, 'unknown'],
    ['an address that cannot be put on an envelope', { code: 'EENVELOPE', command: 'API' }, false, 'refused'],
  ])('%s', (_name, error, bodyLeft, outcome) => {
    expect(outcomeOf(Object.assign(new Error('x'), error), bodyLeft)).toBe(outcome);
  });
});
