import { Module } from '@nestjs/common';
import { AccountDataController } from './account-data.controller.js';
import { AccountDataPages } from './account-data.pages.js';

/** What is held on people. */
@Module({ controllers: [AccountDataController, AccountDataPages] })
export class AccountDataModule {}
