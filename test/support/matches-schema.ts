type Schema = Record<string, unknown>;
export interface Components {
  components: { schemas: Record<string, Schema> };
}

/**
 * What is wrong with a value by a schema of our own contract, by path; nothing when it fits. Knows the words that the contract
 * uses, and takes every object with named properties as closed, so that an answer never holds what the contract leaves out.
 */
export function misfits(value: unknown, schema: Schema, document: Components, path = '$'): string[] {
  const one = (part: unknown, at = value, name = path) => misfits(at, part as Schema, document, name);
  if (typeof schema['$ref'] === 'string')
    return one(document.components.schemas[schema['$ref'].split('/').at(-1) ?? ''] ?? { type: schema['$ref'] });
  if (Array.isArray(schema['oneOf']))
    return schema['oneOf'].some((part) => !one(part).length) ? [] : [`${path}: fits none of oneOf`];
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value) ? [] : [`${path}: ${String(value)}`];
  const types = [schema['type']].flat();
  if (!types.some((type) => isOfType(value, String(type)))) return [`${path}: is not ${types.join(' or ')}`];
  if (Array.isArray(value)) return value.flatMap((item, at) => one(schema['items'], item, `${path}[${at}]`));
  if (typeof value === 'object' && value !== null) return misfitsOfObject(value, schema, one, path);
  return formats(value, schema['format']) ? [] : [`${path}: is no ${String(schema['format'])}`];
}

function misfitsOfObject(
  value: object,
  { properties, required, additionalProperties }: Schema,
  one: (part: unknown, at: unknown, name: string) => string[],
  path: string,
): string[] {
  const known = (properties ?? {}) as Record<string, Schema>;
  const missing = ((required ?? []) as string[]).filter((name) => !(name in value));
  return [
    ...missing.map((name) => `${path}.${name}: is missing`),
    ...Object.entries(value).flatMap(([name, member]) => {
      const part = known[name] ?? additionalProperties;
      if (part === true) return [];
      return part ? one(part, member, `${path}.${name}`) : [`${path}.${name}: is not in the contract`];
    }),
  ];
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

function formats(value: unknown, format: unknown): boolean {
  if (typeof value !== 'string') return true;
  if (format === 'date-time') return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value);
  if (format === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value);
  return format !== 'uuid' || /^[0-9a-f-]{36}$/.test(value);
}
