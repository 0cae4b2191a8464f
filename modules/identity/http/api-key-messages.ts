import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsString, Length } from 'class-validator';
import { OneLine } from '#platform/http/one-line.js';
import { SCOPES, type Scope } from '../domain/permissions.js';

export class NewApiKeyInput {
  @IsString() @Length(1, 80) @OneLine() name!: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(SCOPES.length)
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  scopes!: Scope[];
}

export class ApiKeyHolder {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
}

export class ApiKeyView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ description: 'How the key begins' }) prefix!: string;
  @ApiProperty({ type: [String] }) scopes!: readonly string[];
  @ApiProperty({ type: ApiKeyHolder, nullable: true, description: 'Whose it is: it ends with their membership' })
  holder!: ApiKeyHolder | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) lastUsedAt!: string | null;
}

export class ApiKeyPage {
  @ApiProperty({ type: [ApiKeyView] }) items!: readonly ApiKeyView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export class CreatedApiKeyView extends ApiKeyView {
  @ApiProperty({ description: 'The whole key: shown here and never again' }) key!: string;
}
