/** Somebody at a browser without pages: keeps cookies by host and port, and is led on by redirects one at a time. */
export class CookieVisitor {
  private readonly jar = new Map<string, Map<string, string>>();

  constructor(private readonly base: string) {}

  /** One request; redirects are not followed. */
  async send(address: string, form?: Record<string, string>): Promise<Response> {
    const url = new URL(address, this.base);
    const cookies = this.jar.get(url.host) ?? new Map<string, string>();
    this.jar.set(url.host, cookies);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const [name = '', ...value] = pair.split('=');
      if (/expires=Thu, 01 Jan 1970/i.test(set)) cookies.delete(name);
      else cookies.set(name, value.join('='));
    }
    return response;
  }

  /** Follows redirects until one leads to an address that `stop` names; returns it without going there. */
  async ledTo(address: string, stop: (url: URL) => boolean): Promise<string> {
    for (let at = new URL(address, this.base), hops = 0; hops < 12; hops += 1) {
      const { headers } = await this.send(at.href);
      const next = headers.get('location');
      if (!next) throw new Error(`nothing leads on from ${at.pathname}`);
      at = new URL(next, at);
      if (stop(at)) return at.href;
    }
    throw new Error('it leads on and on');
  }

  has = (name: string): boolean => [...this.jar.values()].some((cookies) => cookies.has(name));
}
