import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsISO8601, IsOptional, Matches } from 'class-validator';

/** A field of a search that is left empty, or holds spaces alone, asks for nothing. */
export const NothingTyped = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && !value.trim() ? undefined : value));

const DAY = /^\d{4}-\d\d-\d\d$/;
const SAY_DAY = { message: 'must be a date like 2026-11-28' };

/** A day of the calendar that a list begins or ends with. */
export const OptionalDay = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ required: false, format: 'date', description }),
    NothingTyped(),
    IsOptional(),
    Matches(DAY, SAY_DAY),
    IsISO8601({ strict: true }, SAY_DAY),
  );
