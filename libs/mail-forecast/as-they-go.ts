/** One message as it goes out: a mail by itself, or a digest with what is gathered in it. */
export interface ForecastLine<Item> {
  first: Item;
  mails: Item[];
  digest: boolean;
}

/** The mails of a forecast put together as they go out, in their order; a digest where the first of its mails stands. */
export function asTheyGo<Item extends { digest: { number: number } | null }>(
  items: readonly Item[],
): ForecastLine<Item>[] {
  const lines: ForecastLine<Item>[] = [];
  const digests = new Map<number, Item[]>();
  for (const item of items) {
    const others = item.digest && digests.get(item.digest.number);
    if (others) others.push(item);
    else {
      const mails = [item];
      if (item.digest) digests.set(item.digest.number, mails);
      lines.push({ first: item, mails, digest: item.digest !== null });
    }
  }
  return lines;
}
