// The section on deadlines: what is computed in a second, where the peers are wrong, and what a long case costs.
import { figure, markdown, range } from './results.js';

export const deadlines = {
  title: 'Deadlines per second on one core',
  body: ({ rounds, scenes, growth }) => `${speeds(scenes)}

Median over ${rounds} rounds, arms in turns over the same random inputs, least and most in brackets; ratios round by round. Instants of 1990 to 2060; the paused cases begin
2025 to 2028. _Calendar never seen_: a new calendar object for each deadline and days that nobody has asked for, as at the first look after a start;
_days known_: the same inputs again, which is how the product runs, since a calendar's days and a zone's offsets are remembered once read. The day walk does
what the Ruby gem \`working_hours\` does: whole days in civil time, turned back into an instant at the end; it and luxon know nothing of pauses, so their rows add up
what is open between them. Both keep their calendar ready; neither remembers days. The day walk wins wherever nothing is known yet.

${disagreements(scenes)}

${longest(growth)}

Eighteen months in each. _One clock_: \`readClock\` on so many signals. _Whole case_: read from PostgreSQL, folded, every clock computed and every derived row
written again (\`case rebuild\`). With few events the fixed part counts most; time per event must not grow with their number. ${growing(growth)}`,
};

/** From here on it is more than chance. */
const GROWS = 1.25;

/** Which kinds of case cost more for each event the more there are. */
function growing({ rows }) {
  const kinds = [...new Set(rows.map(({ what }) => what))];
  const grown = kinds.filter((kind) => {
    const [before, most] = rows.filter(({ what }) => what === kind).slice(-2);
    return most.usPerEvent > GROWS * before.usPerEvent;
  });
  return grown.length ? `**It grows for: ${grown.join('; ')}.**` : 'It does not.';
}

const speeds = (scenes) =>
  markdown(
    ['Deadlines of', 'Arm', 'Per second', 'To the day walk', 'To luxon', 'Other than ours'],
    scenes.flatMap(({ name, total, rows }) =>
      rows.map(({ arm, perSecond, toWalk, toLuxon, disagreements: unlike }) => [
        name,
        arm,
        whole(perSecond),
        `× ${range(toWalk)}`,
        `× ${range(toLuxon)}`,
        unlike === undefined ? '–' : `${unlike} of ${total}`,
      ]),
    ),
  );

const whole = ({ median, min, max }) =>
  `${[median, min, max]
    .map((value) => Math.round(value).toLocaleString('en-GB'))
    .join(' (')
    .replace(/ \((?=[^(]*$)/, '–')})`;

/** One example of each peer that answered otherwise. */
function disagreements(scenes) {
  const said = scenes.flatMap(({ name, total, rows }) =>
    rows
      .filter(({ example }) => example)
      .map(
        ({ arm, disagreements: unlike, example: { zone, from, openMinutes, ours, theirs } }) =>
          `- ${name}, ${arm}: ${unlike} of ${total} otherwise. For example ${zone}, ${openMinutes} open minutes from ${from}: ours ${ours}, theirs ${theirs}.`,
      ),
  );
  if (!said.length) return 'Every arm gave the same answers.';
  return `Where a clock was changed within a window, or a date was skipped, they differ. A walk over every minute settled who is right (see the checks):\n\n${said.join('\n')}`;
}

const longest = ({ rows }) =>
  markdown(
    ['The longest case', 'Events', 'ms', 'µs an event'],
    rows.map(({ what, events, ms, usPerEvent }) => [
      what,
      events.toLocaleString('en-GB'),
      figure(ms),
      figure(usPerEvent),
    ]),
  );
