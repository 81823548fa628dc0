/** Ends a run with what was skipped and why, and one line of counts that a person and a script can read. */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap(({ testResults }) =>
      testResults
        .filter(({ status }) => status === 'pending' || status === 'todo')
        .map(({ fullName }) => fullName),
    )
    const missing = process.env.TEST_REDIS_MISSING
    if (missing !== undefined) console.log(`\nRedis could not be had, so its tests were skipped: ${missing}`)
    for (const name of skipped) console.log(`skipped: ${name}`)
    const { numPassedTests, numFailedTests, numFailedTestSuites, numRuntimeErrorTestSuites } = results
    if (numRuntimeErrorTestSuites > 0)
      console.log(`${numRuntimeErrorTestSuites} of ${numFailedTestSuites} failed files did not even run`)
    console.log(
      `\n${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed, ${skipped.length} skipped`,
    )
  }
}
