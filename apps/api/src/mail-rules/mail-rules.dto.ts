import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsNotEmpty, IsObject, IsString, MaxLength, Min } from 'class-validator';
import { LONGEST_REASON } from '#libs/mail-rules/publish-mail-rules.js';

export class PreviewMailRulesDto {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'As GET /api/v1/mail-rules has it' })
  @IsObject()
  policy: object;
}

export class PublishMailRulesDto extends PreviewMailRulesDto {
  @ApiProperty({ description: 'Number of the version that the change was made from' }) @IsInt() @Min(1) basedOn: number;
  @ApiProperty({ maxLength: LONGEST_REASON })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_REASON)
  reason: string;
}
