import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

const LONGEST = 320;

export class SignInDto {
  @ApiProperty({ example: 'coordinator@demo.action48.test' }) @IsString() @Length(1, LONGEST) email: string;
  @ApiProperty() @IsString() @Length(1, LONGEST) password: string;
}
