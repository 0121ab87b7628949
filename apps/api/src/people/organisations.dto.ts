import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { ORGANISATION_KINDS } from '#libs/domain/access/organisation-kinds.js';
import type { OrganisationKind } from '#libs/domain/access/organisation-kinds.js';
import { PageQuery } from '../cases/cases.query.dto.js';

export class OrganisationsQuery extends PageQuery {
  @ApiProperty({ required: false, enum: ['responder'] }) @IsOptional() @IsIn(['responder']) role?: 'responder';
}

const STATE = { description: 'Alpha-3 code; of an office of a State only', type: String };

export class AddOrganisationDto {
  @ApiProperty({ example: 'QMB-GVA' }) @IsString() @MaxLength(20) code: string;
  @ApiProperty({ maxLength: 200 }) @IsString() @IsNotEmpty() @MaxLength(200) name: string;
  @ApiProperty({ enum: ORGANISATION_KINDS }) @IsIn(ORGANISATION_KINDS) kind: OrganisationKind;
  @ApiProperty({ required: false, ...STATE }) @IsOptional() @IsString() @MaxLength(3) stateCode?: string;
  @ApiProperty({ description: 'Whether it may be asked to respond to requests' }) @IsBoolean() responder: boolean;
}

/** What is to be otherwise; `active`, with its reason, is changed on its own. */
export class ChangeOrganisationDto {
  @ApiProperty({ required: false }) @IsOptional() @IsString() @MaxLength(20) code?: string;
  @ApiProperty({ required: false, maxLength: 200 })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name?: string;
  @ApiProperty({ required: false, enum: ORGANISATION_KINDS })
  @IsOptional()
  @IsIn(ORGANISATION_KINDS)
  kind?: OrganisationKind;
  @ApiProperty({ required: false, ...STATE }) @IsOptional() @IsString() @MaxLength(3) stateCode?: string;
  @ApiProperty({ required: false }) @IsOptional() @IsBoolean() responder?: boolean;
  @ApiProperty({ required: false, description: 'With `reason`' }) @IsOptional() @IsBoolean() active?: boolean;
  @ApiProperty({ required: false, maxLength: 2000 }) @IsOptional() @IsString() @MaxLength(2_000) reason?: string;
}
