import { TestSystem } from '../support/system.js';

describe('the form to sign in', () => {
  let system: TestSystem;
  let html = '';
  beforeAll(async () => {
    system = await TestSystem.start({ worker: false });
    html = await (await fetch(`${system.url}/sign-in`)).text();
  });
  afterAll(() => system.stop());
  const inputs = () => [...html.matchAll(/<input[^>]*>/g)].map(([input]) => input);

  it('masks what is typed, and lets a password be pasted and kept by a password manager', () => {
    const password = inputs().find((input) => input.includes('name="password"')) ?? '';
    expect(password).toContain('type="password"');
    expect(password).toContain('autocomplete="current-password"');
    expect(inputs().find((input) => input.includes('name="email"'))).toContain('autocomplete="username"');
    expect(html).not.toMatch(/onpaste|maxlength|readonly|autocomplete="off"/);
  });

  it('asks for an address and a password, and for nothing else', () => {
    const asked = inputs().flatMap((input) => (input.includes('hidden') ? [] : [/name="([^"]+)"/.exec(input)?.[1]]));
    expect(asked).toEqual(['email', 'password']);
  });
});
