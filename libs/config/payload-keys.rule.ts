import { ValidatorConstraint } from 'class-validator';
import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import { payloadKeys } from '#libs/temporal/payload-keys.js';

/** Keys as `payloadKeys` reads them; production does without none. */
@ValidatorConstraint()
export class ArePayloadKeys implements ValidatorConstraintInterface {
  validate(value: unknown, { object }: ValidationArguments): boolean {
    return wrong(value, object) === null;
  }

  defaultMessage({ value, object }: ValidationArguments): string {
    return wrong(value, object) ?? '';
  }
}

function wrong(value: unknown, deployment: object): string | null {
  if (!value && 'deployment' in deployment && deployment.deployment === 'production')
    return 'must hold a key in production: what Temporal keeps is encrypted with it';
  try {
    payloadKeys(String(value));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'cannot be read';
  }
}
