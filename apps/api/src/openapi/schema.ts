import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';

/** JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. */
export type Schema = Readonly<Record<string, unknown>>;

export const text: Schema = { type: 'string' };
export const instant: Schema = { type: 'string', format: 'date-time' };
export const day: Schema = { type: 'string', format: 'date' };
export const uuid: Schema = { type: 'string', format: 'uuid' };
export const whole: Schema = { type: 'integer' };
export const number: Schema = { type: 'number' };
export const truth: Schema = { type: 'boolean' };
export const anything: Schema = { type: 'object', additionalProperties: true };
export const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: [...values] });
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const orNull = (schema: Schema): Schema => ({ oneOf: [schema, { type: 'null' }] });
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object with every field of `T`; leaving one out does not compile. */
export const shape = <T>(properties: { [K in keyof T]-?: Schema }, optional: readonly (keyof T)[] = []): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name as keyof T)),
});

/** What every list answers. */
export const pageOf = (items: Schema): Schema =>
  shape<{ items: unknown; next: unknown }>({ items: list(items), next: orNull(text) });

/** What a route answers when all is well. */
export const Answers = (status: number, description: string, schema?: Schema): MethodDecorator =>
  applyDecorators(ApiResponse({ status, description, ...(schema && { schema }) }));
