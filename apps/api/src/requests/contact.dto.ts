import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsOptional, IsString, Length } from 'class-validator';
import { MISSION_CITIES } from '#libs/domain/case/request-form.js';
import { asLine, OneOf, trimmed, Words } from '../cases/dto/fields.js';

const LONGEST_ADDRESS = 254;

export class PersonDto {
  @Words({ max: 200 }) name: string;

  @ApiProperty({ type: String, format: 'email' })
  @trimmed
  @IsEmail({}, { message: 'email must be an e-mail address, like name@example.org' })
  @Length(3, LONGEST_ADDRESS)
  email: string;

  @Words({ optional: true, max: 200 }) title?: string;

  @ApiProperty({ type: String, required: false, example: '+260211000000' })
  @asLine
  @IsOptional()
  @IsString()
  @Length(3, 40)
  phone?: string;
}

export class MissionContactDto extends PersonDto {
  @OneOf(MISSION_CITIES) city: (typeof MISSION_CITIES)[number];
}
