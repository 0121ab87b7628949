import { ApiProperty } from '@nestjs/swagger';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { TOKEN_SCOPES } from '#libs/database/entities/api-token.entity.js';
import type { TokenScope } from '#libs/database/entities/api-token.entity.js';
import { LONGEST_DAYS } from '#libs/identity/api-tokens.js';

export const LONGEST_NAME = 80;

export class MakeTokenDto {
  @ApiProperty({ description: 'What you call it by', example: 'Monthly figures' })
  @IsString()
  @Length(1, LONGEST_NAME)
  @Matches(/\S/, { message: 'must not be empty' })
  name: string;

  @ApiProperty({
    description: '`read`: GET and HEAD alone; `act`: whatever you may do, reading included',
    enum: TOKEN_SCOPES,
    isArray: true,
  })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(TOKEN_SCOPES, { each: true })
  scopes: TokenScope[];

  @ApiProperty({ description: 'For how many days it can be used', minimum: 1, maximum: LONGEST_DAYS, example: 90 })
  @IsInt()
  @Min(1)
  @Max(LONGEST_DAYS)
  days: number;
}
