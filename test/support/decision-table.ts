/**
 * Who may do what, where: copied by hand from the verb table of the HTTP contract and the lifecycle table, so that it
 * can disagree with the code.
 *
 * Who:  F focal point of the State   G focal point of another State   O coordinator who owns the case
 *       C another coordinator, to whom the case is offered    L coordinator lead               I ISU
 *       P President, case not yet at level 3    Q President, case at level 3
 *       R invited responder   A responder whose offer was accepted   U responder who was not invited
 *       D administrator       N somebody without any role
 *
 * Where (one column a stage, then the two side states in which an open case rests):
 *       x possible   . not in this stage   n in this stage, but not as the case stands   - not while it rests
 *
 * The cases of the table: consent has been asked for; a question is open while responders are asked; an offer is open
 * in matching and accepted afterwards; the case has been offered to C; a law must follow; the Article 7 report is recorded; one clock is late.
 */
export const TABLE = `
                       | who     | sub ver tri ret con cir mat unm pla del nat rep clo | suspended dormant
acknowledge            | O C L I |  x   .   .   .   .   .   .   .   .   .   .   .   .  |     -       -
take                   | O C L I |  x   x   x   x   x   x   x   x   x   x   x   x   .  |     x       x
assign-owner           | O C L I |  x   x   x   x   x   x   x   x   x   x   x   x   .  |     x       x
hand-over              | O L     |  n   n   n   n   n   n   n   n   n   n   n   n   .  |     x       x
accept-hand-over       | C       |  x   x   x   x   x   x   x   x   x   x   x   x   .  |     x       x
reject-hand-over       | C       |  x   x   x   x   x   x   x   x   x   x   x   x   .  |     x       x
withdraw-hand-over     | O L     |  x   x   x   x   x   x   x   x   x   x   x   x   .  |     x       x
verify                 | O C L I |  .   x   .   .   .   .   .   .   .   .   .   .   .  |     -       -
reject                 | O C L I |  .   x   .   .   .   .   .   .   .   .   .   .   .  |     -       -
triage                 | O L     |  .   .   x   .   .   .   .   .   .   .   .   .   .  |     -       -
return                 | O L     |  .   .   x   .   .   .   .   .   .   .   .   .   .  |     -       -
answer                 | F       |  .   .   .   x   .   .   .   .   .   .   .   .   .  |     -       x
refer                  | O L     |  x   x   x   x   x   .   .   .   .   .   .   .   .  |     -       -
decline                | O L     |  x   x   x   x   x   .   .   .   .   .   .   .   .  |     -       -
merge                  | O L     |  x   x   x   x   x   .   .   .   .   .   .   .   .  |     -       -
request-consent        | O L     |  .   .   .   .   n   .   .   .   .   .   .   .   .  |     -       -
give-consent           | F       |  .   .   .   .   x   .   .   .   .   .   .   .   .  |     -       -
refuse-consent         | F       |  .   .   .   .   x   .   .   .   .   .   .   .   .  |     -       -
exclude-party          | F O L   |  x   x   x   x   x   x   x   x   x   x   x   x   .  |     x       x
circulate              | O L     |  .   .   .   .   .   x   x   x   .   .   .   .   .  |     -       -
express-interest       | R       |  .   .   .   .   .   x   x   x   .   .   .   .   .  |     -       -
decline-invitation     | R       |  .   .   .   .   .   x   x   x   .   .   .   .   .  |     -       -
ask-for-time           | R       |  .   .   .   .   .   x   x   x   .   .   .   .   .  |     -       -
ask-question           | R       |  .   .   .   .   .   x   x   x   .   .   .   .   .  |     -       -
answer-question        | O L     |  .   .   .   .   .   x   x   x   .   .   .   .   .  |     -       -
pass-on                | R       |  x   x   x   x   x   x   x   x   x   x   x   x   .  |     -       -
make-offer             | R       |  .   .   .   .   .   x   x   x   .   .   .   .   .  |     -       -
accept-offer           | F       |  .   .   .   .   .   .   x   .   .   .   .   .   .  |     -       -
decline-offer          | F       |  .   .   .   .   .   .   x   .   .   .   .   .   .  |     -       -
agree-plan             | O L     |  .   .   .   .   .   .   .   .   x   .   .   .   .  |     -       -
update-progress        | A O L   |  .   .   .   .   .   .   .   .   .   x   .   .   .  |     -       -
give-view              | F       |  .   .   .   .   .   .   .   .   .   x   .   .   .  |     -       -
start-national-process | O L     |  .   .   .   .   .   .   .   .   .   x   .   .   .  |     -       -
confirm-current        | F       |  .   .   .   .   .   .   .   .   .   .   x   .   .  |     -       x
record-adoption        | F O L   |  .   .   .   .   .   .   .   .   .   .   x   .   .  |     -       x
record-reporting       | O L I   |  .   .   .   .   .   .   .   .   .   .   .   n   .  |     -       -
close                  | O L     |  .   .   .   .   .   .   .   x   .   n   .   x   .  |     -       -
record-outcome         | F A O L |  .   .   .   .   .   .   .   .   .   .   .   .   x  |     -       -
record-follow-up       | O L     |  .   .   .   .   .   .   .   .   .   .   .   .   x  |     -       -
reopen                 | F O L   |  .   .   .   .   .   .   .   .   .   .   .   .   x  |     -       -
withdraw               | F       |  x   x   x   x   x   x   x   x   x   x   x   x   .  |     x       x
suspend                | O L     |  x   x   x   x   x   x   x   x   x   x   x   x   .  |     -       -
resume                 | O L     |  n   n   n   n   n   n   n   n   n   n   n   n   .  |     x       x
change-priority        | O L     |  x   x   x   x   x   x   x   x   x   x   x   x   .  |     x       x
log-contact            | O L     |  x   x   x   x   x   x   x   x   x   x   x   x   x  |     x       x
add-note               | O L     |  x   x   x   x   x   x   x   x   x   x   x   x   .  |     x       x
break-glass            | L       |  x   x   x   x   x   x   x   x   x   x   x   x   x  |     x       x
excuse-breach          | L       |  x   x   x   x   x   x   x   x   x   x   x   x   .  |     x       x
`;

/** Nothing more happens on a case that has ended; it may still have to be looked into. */
export const EVEN_WHEN_ENDED = ['break-glass'];

/** What a person cannot do although others in their place could: `verb | who | stages | why`. */
export const PERSONAL = `
take               | O | all      | the case is theirs already
express-interest   | A | mat      | their offer says so already
decline-invitation | A | mat      | their offer is before the State
ask-for-time       | A | mat      | their offer says so already
`;
