/** Gives ProblemCounts as JSON. SQLite counts, as there may be hundreds of thousands. */
export const selectProblemCounts = `
  SELECT json_object(
    'problems', count(*),
    'files', count(DISTINCT path),
    'error', count(*) FILTER (WHERE severity = 'error'),
    'warning', count(*) FILTER (WHERE severity = 'warning'),
    'notice', count(*) FILTER (WHERE severity = 'notice')) AS data
  FROM Problem`;
