import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { COMMAND_DTOS } from '../cases/dto/index.js';
import { ANSWERS } from './answers.js';
import { describeProblems } from './describe-problems.js';
import { describeVerbs } from './describe-verbs.js';

/** The contract as OpenAPI 3.1: every route, every verb of a case with its own body, every answer and problem. */
export function openApiDocument(app: INestApplication, publicUrl: string): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Action48')
    .setDescription(
      'Requests for assistance under Article 9 of the Convention on Cluster Munitions, and their answers in time.',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addServer(publicUrl)
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, about, { extraModels: [...new Set(Object.values(COMMAND_DTOS))] });
  Object.assign((document.components ??= {}).schemas ?? {}, ANSWERS);
  return describeProblems(describeVerbs(document));
}
