import { registerDecorator } from 'class-validator';
import type { ValidationArguments } from 'class-validator';

const rule =
  (
    name: string,
    message: string,
    holds: (value: unknown, dto: Record<string, unknown>) => boolean,
  ): PropertyDecorator =>
  (target, propertyName) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: (value: unknown, { object }: ValidationArguments) => holds(value, object as Record<string, unknown>),
        defaultMessage: () => `${String(propertyName)} ${message}`,
      },
    });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A civil date that is not before another field's. */
export const NotBefore = (other: string): PropertyDecorator =>
  rule(
    'notBefore',
    `must not be before ${other}`,
    (value, dto) => typeof value === 'string' && value >= textOf(dto[other]),
  );

/** Another person than the focal point, so that one mailbox that nobody reads does not silence both. */
export const AnotherMailboxThan = (other: string): PropertyDecorator =>
  rule('anotherMailbox', `needs another e-mail address than ${other}`, (value, dto) => {
    const address = (contact: unknown) => textOf((contact as { email?: unknown } | undefined)?.email).toLowerCase();
    return address(value) === '' || address(value) !== address(dto[other]);
  });

/** The Convention was opened for signature on 3 December 2008; nothing was asked for under its Article 9 before. */
const OPENED_FOR_SIGNATURE = Date.parse('2008-12-03T00:00:00Z');
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** An instant with its zone, in the life of the Convention. */
export const InstantOfConvention = (): PropertyDecorator =>
  rule(
    'instantOfConvention',
    'must be an instant such as 2026-11-20T09:30:00.000Z, not before the Convention of 2008',
    (value) => typeof value === 'string' && INSTANT.test(value) && Date.parse(value) >= OPENED_FOR_SIGNATURE,
  );
