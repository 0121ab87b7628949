import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, registerDecorator } from 'class-validator';

const ALL = 'all_matching';

const isAudience = (value: unknown): boolean =>
  value === ALL ||
  (Array.isArray(value) &&
    value.length > 0 &&
    value.length <= 200 &&
    value.every((one) => typeof one === 'string' && one.length > 0));

const IsAudience = (): PropertyDecorator => (target, propertyName) =>
  registerDecorator({
    name: 'isAudience',
    target: target.constructor,
    propertyName: String(propertyName),
    validator: {
      validate: isAudience,
      defaultMessage: () => `${String(propertyName)} must be a list of organisation ids, or ${ALL}`,
    },
  });

/** Who may read a circulated summary: organisation ids (or codes), or every responder that matches. */
export const AudienceField = ({ optional = false } = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      required: !optional,
      oneOf: [
        { type: 'array', items: { type: 'string' }, minItems: 1 },
        { type: 'string', enum: [ALL] },
      ],
    }),
    IsAudience(),
    ...(optional ? [IsOptional()] : []),
  );
