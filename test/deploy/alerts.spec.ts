import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { describeWhen, isHere } from '../support/when.js'

const rules = join(projectRoot(), 'deploy/helm/leadferry/alerts.yaml')
const cases = join(projectRoot(), 'test/deploy/alerts.test.yaml')

interface Rules {
  groups: { rules: { alert: string }[] }[]
}
interface Cases {
  tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[]
}

it('there is a case for each alert in which it comes up', () => {
  const { groups } = parse(readFileSync(rules, 'utf8')) as Rules
  const { tests } = parse(readFileSync(cases, 'utf8')) as Cases
  const expected = tests.flatMap((test) => test.alert_rule_test)
  const comingUp = expected.filter((one) => one.exp_alerts.length > 0).map((one) => one.alertname)
  const alerts = groups.flatMap((group) => group.rules.map((rule) => rule.alert))
  expect(new Set(comingUp)).toEqual(new Set(alerts))
})

describeWhen(isHere('promtool'), 'no promtool here: apt-get install prometheus')('the alert rules', () => {
  let dir: string
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'leadferry-rules-'))
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  it('are rules', () => {
    expect(execFileSync('promtool', ['check', 'rules', rules]).toString()).toMatch(/SUCCESS: \d+ rules found/)
  })

  it('come up for what they are for', () => {
    const file = join(dir, 'alerts.test.yaml')
    writeFileSync(file, readFileSync(cases, 'utf8').replace('RULES', rules))
    expect(execFileSync('promtool', ['test', 'rules', file]).toString()).toContain('SUCCESS')
  })
})
