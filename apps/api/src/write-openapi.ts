import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { Config } from '#libs/config/config.js';
import { AppModule } from './app.module.js';
import { openApiDocument } from './openapi/document.js';

// `npm run openapi`: writes the contract from the routes alone; nothing is connected to.
const config = new Config();
const app = await NestFactory.create(AppModule.with(config), { preview: true, logger: false, abortOnError: false });
writeFileSync('docs/openapi.json', `${JSON.stringify(openApiDocument(app, config.publicUrl), null, 2)}\n`);
