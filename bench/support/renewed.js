// One section measured again beside those of an earlier run.

/**
 * The report that is kept: the new one when it has every section, else the earlier one with the new sections in it, each
 * with its own day and machine.
 * @param {object | null} earlier the report that is committed @param {object} report the new one @param {readonly string[]} names every section, in order
 */
export function renewed(earlier, report, names) {
  if (!earlier || names.every((name) => report.results[name])) return report;
  const { at, seconds, machine, load, results } = report;
  const alone = { at, seconds, machine, load };
  const sections = names.flatMap((name) => {
    const result = results[name] ? { ...results[name], alone } : earlier.results[name];
    return result ? [[name, result]] : [];
  });
  return { ...earlier, results: Object.fromEntries(sections) };
}
