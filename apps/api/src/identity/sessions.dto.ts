import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';

const LONGEST = 320;
const LONGEST_CODE = 40;

export class SignInDto {
  @ApiProperty({ example: 'coordinator@demo.action48.test' }) @IsString() @Length(1, LONGEST) email: string;
  @ApiProperty() @IsString() @Length(1, LONGEST) password: string;
  @ApiPropertyOptional({
    description: 'For whoever has a second factor: six digits of their authenticator app, or a recovery code',
    example: '123456',
  })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_CODE)
  code?: string;
}
