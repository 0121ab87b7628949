/** What is wrong with a field of a calendar's form: an English sentence, with values to put in once it is translated. */
export interface FormProblem {
  field: string;
  words: string;
  values: Record<string, string | number>;
}

export const problem = (field: string, words: string, values: Record<string, string | number> = {}): FormProblem => ({
  field,
  words,
  values,
});
