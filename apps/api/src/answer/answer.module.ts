import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AnswerTokens } from '#libs/answering/answer-tokens.js';
import { Config } from '#libs/config/config.js';
import { AnswerBoard } from './answer-board.js';
import { AnswerPages } from './answer.pages.js';

/** Answering a mail by its link, without signing in. */
@Module({
  controllers: [AnswerPages],
  providers: [
    AnswerBoard,
    {
      provide: AnswerTokens,
      inject: [DataSource, Config],
      useFactory: (dataSource: DataSource, { secretsKey }: Config) => new AnswerTokens(dataSource, secretsKey),
    },
  ],
})
export class AnswerModule {}
