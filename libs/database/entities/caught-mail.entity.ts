import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What the trial's mail catcher received. Empty in production. */
@Entity('caught_mail')
export class CaughtMail {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'caught_mail_pkey' }) id: string;
  @Column('text', { name: 'message_id' }) messageId: string;
  @Column('text') from: string;
  @Column('text', { array: true }) to: string[];
  @Column('text') subject: string;
  @Column('text') text: string;
  @Column('text') html: string;
  @Column('jsonb') headers: Record<string, string>;
  @Column({ type: 'timestamptz', name: 'received_at', precision: 3 }) receivedAt: Date;
}
