import type { FieldError } from './problem.js';

/** Deeper than any form or command; deeper input would only exhaust the stack of whoever walks it. */
const DEEPEST = 12;
/** Names that JavaScript keeps for itself; libraries skip them silently, so that no later check would see them. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];

const UNSTORABLE = 'has characters that are not text (NUL or half of a pair)';
const isText = (value: string): boolean => !value.includes('\0') && !/\p{Cs}/u.test(value);

/** The fields, by path, that are nested too deep or whose text PostgreSQL cannot keep. */
export function unstorable(value: unknown, path = '', depth = 0): FieldError[] {
  if (typeof value === 'string') return isText(value) ? [] : [{ field: path, message: UNSTORABLE }];
  if (typeof value !== 'object' || value === null) return [];
  if (depth === DEEPEST) return [{ field: path, message: 'is nested too deep' }];
  return Object.entries(value).flatMap(([key, member]) =>
    isText(key) ? unstorable(member, pathOf(value, path, key), depth + 1) : [{ field: path, message: UNSTORABLE }],
  );
}

/** The fields that no request has, although every object of JavaScript has them. */
export function reserved(value: unknown, path = ''): FieldError[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const field = pathOf(value, path, key);
    return RESERVED.includes(key) ? [{ field, message: 'is not a field of this request' }] : reserved(member, field);
  });
}

const pathOf = (holder: object, path: string, key: string): string =>
  Array.isArray(holder) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
