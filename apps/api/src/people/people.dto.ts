import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
} from 'class-validator';
import { ROLES } from '#libs/domain/access/roles.js';
import type { Role } from '#libs/domain/access/roles.js';
import { ACCOUNT_STATES } from '#libs/people/people-list.js';
import type { AccountState } from '#libs/people/people-list.js';
import { Blank, PageQuery } from '../cases/cases.query.dto.js';

const LANGUAGES = ['ar', 'zh', 'en', 'fr', 'ru', 'es', 'pt'];

export class PeopleQuery extends PageQuery {
  @ApiProperty({ required: false, description: 'Part of a name or an address' })
  @Blank()
  @IsOptional()
  @IsString()
  @Length(1, 100)
  q?: string;
  @ApiProperty({ required: false, format: 'uuid', description: 'Organisation id' })
  @Blank()
  @IsOptional()
  @IsUUID()
  organisation?: string;
  @ApiProperty({ required: false, enum: ROLES }) @Blank() @IsOptional() @IsIn(ROLES) role?: Role;
  @ApiProperty({ required: false, enum: ACCOUNT_STATES })
  @Blank()
  @IsOptional()
  @IsIn(ACCOUNT_STATES)
  state?: AccountState;
}

/** The same for the page, which also says what was just done. */
export class PeoplePageQuery extends PeopleQuery {
  @ApiProperty({ required: false }) @IsOptional() @IsString() done?: string;
}

/** Somebody to invite: they get a mail with a code, and are active when they have set a password. */
export class InvitePersonDto {
  @ApiProperty({ format: 'email' }) @IsEmail() @MaxLength(254) email: string;
  @ApiProperty({ maxLength: 120 }) @IsString() @IsNotEmpty() @MaxLength(120) name: string;
  @ApiProperty({ enum: LANGUAGES }) @IsIn(LANGUAGES) language: string;
  @ApiProperty({ example: 'Africa/Lusaka' }) @IsString() @MaxLength(60) timezone: string;
  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: false,
    description: 'The administrator of an office: theirs',
  })
  @IsUUID()
  organisationId: string;
  @ApiProperty({ enum: ROLES, isArray: true }) @IsArray() @ArrayMaxSize(8) @IsIn(ROLES, { each: true }) roles: Role[];
}

/** What is to be otherwise; everything left out stays. */
export class ChangePersonDto {
  @ApiProperty({ required: false, maxLength: 120 })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(120)
  name?: string;
  @ApiProperty({ required: false, enum: LANGUAGES }) @IsOptional() @IsIn(LANGUAGES) language?: string;
  @ApiProperty({ required: false }) @IsOptional() @IsString() @MaxLength(60) timezone?: string;
  @ApiProperty({ required: false, format: 'uuid' }) @IsOptional() @IsUUID() organisationId?: string;
  @ApiProperty({ required: false, enum: ROLES, isArray: true, description: 'All that they are to have' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(8)
  @IsIn(ROLES, { each: true })
  roles?: Role[];
}

/** Why an account is disabled or enabled. */
export class AccountReasonDto {
  @ApiProperty({ maxLength: 2000 }) @IsString() @IsNotEmpty() @MaxLength(2_000) reason: string;
}

/** A new code is sent to the address of the account. */
export class InviteAgainDto {}
