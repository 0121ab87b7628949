import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
} from 'class-validator';
import type { ValidationArguments } from 'class-validator';
import { line } from '#libs/text/characters.js';

const LONGEST = 4_000;
const MOST = 50;

const lineOf = (value: unknown): unknown => (typeof value === 'string' ? line(value) : value);
const trim = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

/** Blanks around a text, or around each text of a list, are not part of it. */
export const trimmed = Transform(({ value }: { value: unknown }) =>
  Array.isArray(value) ? value.map(trim) : trim(value),
);

/** Said with the number that there are, so that nobody has to count. */
const lengthSaid = ({ value, constraints: [least, most] }: ValidationArguments): string =>
  `must be ${least} to ${most} characters long; it has ${typeof value === 'string' ? value.length : 0}`;

/** A name or a title: one line, without what cannot be seen or reorders what stands beside it. */
export const asLine = Transform(({ value }: { value: unknown }) =>
  Array.isArray(value) ? value.map(lineOf) : lineOf(value),
);

interface Need {
  optional?: boolean;
  min?: number;
  max?: number;
}
const whenGiven = ({ optional }: Need): PropertyDecorator[] => (optional ? [IsOptional()] : []);

/** Up to so many characters, a text is a name or a title; above, it may have lines of its own. */
const LONGEST_LINE = 300;

/** What a person writes: not empty, at most 4,000 characters. */
export const Words = (need: Need = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: need.min ?? 1, maxLength: need.max ?? LONGEST, required: !need.optional }),
    (need.max ?? LONGEST) <= LONGEST_LINE ? asLine : trimmed,
    IsString(),
    Length(need.min ?? 1, need.max ?? LONGEST, need.min ? { message: lengthSaid } : {}),
    ...whenGiven(need),
  );

/** One of a few words. */
export const OneOf = (values: readonly string[], need: Need = {}): PropertyDecorator =>
  applyDecorators(ApiProperty({ enum: values, required: !need.optional }), IsIn(values), ...whenGiven(need));

/** Several of a few words, at least one. */
export const SomeOf = (values: readonly string[], { max = MOST }: Need = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ enum: values, isArray: true, minItems: 1, maxItems: max }),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(max),
    IsIn(values, { each: true }),
  );

/** A list of texts, at least one. */
export const ManyWords = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [String], minItems: 1, maxItems: MOST }),
    trimmed,
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(MOST),
    IsString({ each: true }),
    Length(1, LONGEST, { each: true }),
  );

/** A civil date of this age, YYYY-MM-DD, that exists: nobody plans or reports in other centuries. */
export const CivilDate = (need: Need = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date', required: !need.optional }),
    Matches(/^(19|20)\d{2}-\d{2}-\d{2}$/, { message: '$property must be a date such as 2027-04-30' }),
    IsISO8601({ strict: true }, { message: '$property must be a date that exists' }),
    ...whenGiven(need),
  );
