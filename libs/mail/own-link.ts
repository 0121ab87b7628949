/** The address of one of our pages. Whatever would lead elsewhere leads to the start page: a mail names no other site. */
export function ownLink(path: string, publicUrl: string): string {
  const start = new URL('/', publicUrl);
  if (!URL.canParse(path, publicUrl)) return start.href;
  const link = new URL(path, publicUrl);
  return link.origin === start.origin ? link.href : start.href;
}
