import type { OpenAPIObject } from '@nestjs/swagger';
import { getSchemaPath } from '@nestjs/swagger';
import { RULES, VERBS } from '#libs/domain/case/commands/index.js';
import { COMMAND_DTOS } from '../cases/dto/index.js';

const GENERIC = '/api/v1/cases/{reference}/{verb}';

/** Replaces the one route of all verbs by one path a verb, with its body, and who may use it where. */
export function describeVerbs(document: OpenAPIObject): OpenAPIObject {
  const generic = document.paths[GENERIC]?.post;
  if (!generic) return document;
  delete document.paths[GENERIC];
  const parameters = (generic.parameters ?? []).filter((one) => !('name' in one) || one.name !== 'verb');
  for (const verb of VERBS) {
    const { who, stages } = RULES[verb];
    const where = stages === 'open' ? 'any open stage' : stages.join(', ');
    document.paths[GENERIC.replace('{verb}', verb)] = {
      post: {
        ...generic,
        parameters,
        operationId: verb,
        summary: verb.replaceAll('-', ' '),
        description: `For: ${who.join(', ')}. In: ${where}.`,
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: getSchemaPath(COMMAND_DTOS[verb]) } } },
        },
      },
    };
  }
  return document;
}
