import { errorWords } from './error-words.js';
import { bodyOf } from './form-body.js';
import { FORMS } from './index.js';

const _ = (text: string, values: Record<string, string | number> = {}): string =>
  text.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name]));

describe('the answers of a form', () => {
  it('stay with their questions: a blank one keeps its place and a line break stays inside its answer', () => {
    const answers = { answers: ['', 'Yes.\nSince 2019. '] };
    expect(bodyOf(FORMS.answer.fields, answers)).toEqual({ answers: ['', 'Yes.\nSince 2019.'] });
    expect(bodyOf(FORMS.answer.fields, { answers: 'Defence.\nLegal unit.' })).toEqual({
      answers: ['Defence.\nLegal unit.'],
    });
  });

  it('are still one a line where the person makes the list', () => {
    expect(bodyOf(FORMS.return.fields, { questions: 'Which ministry?\n\nA draft?' })).toEqual({
      questions: ['Which ministry?', 'A draft?'],
    });
  });
});

describe('an error of a form', () => {
  const said = (verb: keyof typeof FORMS, name: string, message: string) => {
    const field = FORMS[verb].fields.find((one) => one.name === name);
    return field && errorWords(field, message, _);
  };

  it.each([
    ['answer', 'answers', 'each value in answers must be longer than or equal to 1', /^Answer each question/],
    ['request-consent', 'audience', 'must be all_matching or a list', /: tick at least one responder/],
    ['make-offer', 'to', 'must not be before from.', /^To: must not be before the first date$/],
    ['agree-plan', 'milestones', 'lies in the past.', /^Milestones: a date lies in the past; choose a later one$/],
    [
      'suspend',
      'reviewOn',
      'must be within the next 180 days.',
      /^Review date: choose a day within the next 180 days$/,
    ],
    ['merge', 'into', 'no other open case of this State has this reference.', /no other open case of this State/],
  ] as const)('of %s names the answer and the remedy (%s)', (verb, name, message, remedy) => {
    expect(said(verb, name, message)).toMatch(remedy);
  });
});
