import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { PUBLIC } from '../../apps/api/src/identity/public.decorator.js';

/** A route, as the decorators of its controller declare it. */
export interface Route {
  /** `GET`, `POST`, … */
  method: string;
  /** With a slash in front and parameters as `:name`: `/api/v1/cases/:reference/:verb`. */
  path: string;
  controller: string;
  handler: string;
  /** Marked `@Public()`: it needs no sign-in. */
  isPublic: boolean;
}

type Constructor = new (...given: never[]) => object;
type Handler = (...given: never[]) => unknown;

/** Every route that Nest serves, by path and method. What Express answers by itself (`/assets/`, `/api/openapi.json`) is not among them. */
export function routesOf(app: NestExpressApplication): Route[] {
  const found = [...app.get(ModulesContainer).values()].flatMap((module) =>
    [...module.controllers.values()].flatMap(({ metatype }) => routesOfController(metatype as Constructor)),
  );
  return found.sort((one, other) => keyOf(one).localeCompare(keyOf(other), 'en'));
}

const keyOf = ({ method, path }: Route): string => `${path} ${method}`;

function routesOfController(controller: Constructor): Route[] {
  const prefixes = pathsOf(controller);
  const prototype = controller.prototype as Record<string, Handler>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name] as Handler;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const isPublic = [handler, controller].some((target) => Reflect.getMetadata(PUBLIC, target) === true);
    return prefixes.flatMap((prefix) =>
      pathsOf(handler).map((path) => ({
        method: RequestMethod[method] ?? 'ALL',
        path: joined(prefix, path),
        controller: controller.name,
        handler: name,
        isPublic,
      })),
    );
  });
}

function pathsOf(target: object): string[] {
  const given = (Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined) ?? '';
  return Array.isArray(given) ? given : [given];
}

const joined = (...parts: string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
