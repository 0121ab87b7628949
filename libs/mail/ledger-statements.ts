import { PRODUCT_NOW } from '#libs/case-store/product-time.js';

const DUE = `state = 'due' AND held_for IS DISTINCT FROM 'digest' AND send_after <= ${PRODUCT_NOW}`;

/**
 * What is due, urgent mails before all others, then by when they were to be sent. $1: classes, $2: how many. Each class
 * is read along its own part of the index. An array is made once; a plain IN may be planned so that the limit is taken
 * anew for every row.
 */
export const CLAIM = `UPDATE mail SET state = 'claimed', claimed_at = now() WHERE id = ANY (ARRAY(
    SELECT due.id FROM unnest($1::text[]) AS wanted (class) CROSS JOIN LATERAL (
      SELECT id, send_after FROM mail WHERE class = wanted.class AND ${DUE}
      ORDER BY send_after, id LIMIT $2 FOR UPDATE SKIP LOCKED) AS due
    ORDER BY wanted.class = 'urgent' DESC, due.send_after, due.id LIMIT $2)) RETURNING *`;

/** Held until the transaction ends, which it does without us where we have vanished. */
export const ALONE = `SELECT set_config('idle_in_transaction_session_timeout', '60s', true), pg_advisory_xact_lock(4802)`;

/** $1: ids. */
export const SENDING = `UPDATE mail SET state = 'sending', claimed_at = now(), attempts = attempts + 1, held_for = NULL
  WHERE id = ANY ($1) AND state = 'claimed' RETURNING id`;

/**
 * What became of mails in hand, and its line in the history, in one statement. A mail that was taken from us meanwhile
 * keeps the state that it was given, unless it has left. $1: ids, $2: states, $3: happenings, $4: details, $5: pauses in
 * seconds, $6: attempts made when it was taken up, $7: whether it was handed to a server.
 */
export const NOTE = `WITH told AS (
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::integer[], $7::boolean[])
      AS told (id, state, happening, detail, pause, attempts, tried)
  ), marked AS (
    UPDATE mail SET state = told.state, response = told.detail,
      held_for = CASE told.state WHEN 'due' THEN 'retry' END,
      send_after = CASE told.state WHEN 'due' THEN ${PRODUCT_NOW} + make_interval(secs => told.pause) ELSE send_after END,
      sent_at = CASE told.state WHEN 'sent' THEN ${PRODUCT_NOW} ELSE sent_at END,
      secret = CASE told.state WHEN 'due' THEN secret END
    FROM told WHERE mail.id = told.id AND CASE
      WHEN NOT told.tried THEN mail.state = 'claimed'
      WHEN told.state IN ('sent', 'unknown') THEN mail.state <> 'sent'
      ELSE mail.state NOT IN ('sent', 'suppressed') AND mail.attempts <= told.attempts + 1 END
    RETURNING mail.id
  )
  INSERT INTO mail_event (mail_id, at, happening, attempt, detail)
  SELECT id, ${PRODUCT_NOW}, told.happening, CASE WHEN told.tried THEN told.attempts + 1 END, told.detail FROM told
  WHERE told.tried OR (id IN (SELECT id FROM marked) AND NOT EXISTS (
    SELECT FROM mail WHERE mail.id = told.id AND told.state = 'due' AND mail.response = told.detail))`;

/** $1: ids, $2: until when, $3: for what. The history tells when what a mail waits for changes, not that it still waits. */
export const HOLD = `WITH told AS (
    SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS told (id, until, held_for)
  ), held AS (
    UPDATE mail SET state = 'due', send_after = told.until, held_for = told.held_for
    FROM told WHERE mail.id = told.id AND mail.state = 'claimed' RETURNING mail.id
  )
  INSERT INTO mail_event (mail_id, at, happening, detail)
  SELECT id, ${PRODUCT_NOW}, 'held', told.held_for FROM told JOIN mail USING (id)
  WHERE id IN (SELECT id FROM held) AND mail.held_for IS DISTINCT FROM told.held_for`;

/** $1: after how many seconds a mail in hand belongs to nobody any more. */
const GONE = 'claimed_at < now() - make_interval(secs => $1)';

export const GIVE_BACK = `UPDATE mail SET state = 'due' WHERE state = 'claimed' AND ${GONE}`;

/** Of a mail that was half sent, nobody knows whether it arrived: a notice goes again, a reminder stops. */
export const GIVE_UP = `WITH gone AS (
    UPDATE mail SET state = CASE delivery WHEN 'notice' THEN 'due' ELSE 'unknown' END,
      held_for = CASE delivery WHEN 'notice' THEN 'retry' END,
      secret = CASE delivery WHEN 'notice' THEN secret END,
      response = 'the mailer stopped while sending'
    WHERE state = 'sending' AND ${GONE} RETURNING id, attempts, response
  )
  INSERT INTO mail_event (mail_id, at, happening, attempt, detail)
  SELECT id, ${PRODUCT_NOW}, 'unknown', attempts, response FROM gone`;
