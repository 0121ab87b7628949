/** A path of ours as it was given, or the start page: what is sent along must not lead somebody to another site. */
export const ownPath = (path: unknown): string =>
  typeof path === 'string' && /^\/(?![/\\])[^\r\n]*$/.test(path) ? path : '/';
