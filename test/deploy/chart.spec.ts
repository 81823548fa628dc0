/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call -- manifests are looked into without schemas of their own */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAllDocuments, parse, stringify } from 'yaml'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { variables } from '../../libs/core/src/config/schema.js'
import { describeWhen, isHere } from '../support/when.js'

const root = projectRoot()
const chart = join(root, 'deploy/helm/leadferry')
const GOPATH = '/usr/share/gocode'

/** A manifest, as loosely as YAML has it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into manifests without schemas of their own
type Manifest = any

/** What the chart becomes by Helm's own template engine; see tools/helm-template. */
function render(values?: object): Manifest[] {
  const dir = mkdtempSync(join(tmpdir(), 'leadferry-chart-'))
  try {
    const over = values === undefined ? [] : [join(dir, 'values.yaml')]
    if (values !== undefined) writeFileSync(over[0]!, stringify(values))
    const env = { ...process.env, GO111MODULE: 'off', GOPATH, GOCACHE: join(dir, 'cache'), GOFLAGS: '' }
    const text = execFileSync('go', ['run', join(root, 'tools/helm-template/main.go'), chart, ...over], {
      env,
    }).toString()
    return parseAllDocuments(text)
      .map((document) => {
        if (document.errors.length > 0) throw new Error(`${document.errors[0]!.message}\n${text}`)
        return document.toJS()
      })
      .filter((manifest) => manifest !== null)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const hasGo = isHere('go') && isHere(join(GOPATH, 'src/github.com/Masterminds/sprig'))

const everything = {
  config: { S3_PUBLIC_ENDPOINT: 'https://files.example.com' },
  imagePullSecrets: [{ name: 'registry' }],
  serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/leads' } },
  gateway: {
    ingress: { enabled: true, className: 'nginx', tlsSecret: 'leads-tls', annotations: { a: 'b' } },
    env: { RATE_LIMIT_PER_MINUTE: '100' },
    nodeSelector: { pool: 'web' },
    tolerations: [{ key: 'web', operator: 'Exists' }],
    affinity: { podAntiAffinity: {} },
  },
  workers: { exports: { autoscaling: { enabled: true }, nodeSelector: { pool: 'work' } } },
  metrics: { podMonitor: { enabled: true, labels: { release: 'prometheus' } }, rules: { enabled: true } },
  networkPolicy: { adminFrom: [{ podSelector: { matchLabels: { app: 'operator' } } }] },
}

describeWhen(hasGo, 'no Go with sprig here: apt-get install golang-go golang-github-masterminds-sprig-dev')(
  'the Helm chart',
  () => {
    let plain: Manifest[]
    let full: Manifest[]
    beforeAll(() => {
      plain = render()
      full = render(everything)
    }, 120_000)

    const of = (manifests: Manifest[], kind: string, name?: string): Manifest[] =>
      manifests.filter(
        (manifest) => manifest.kind === kind && (name === undefined || manifest.metadata.name === name),
      )
    const one = (manifests: Manifest[], kind: string, name?: string): Manifest => {
      const found = of(manifests, kind, name)
      expect(found).toHaveLength(1)
      return found[0]
    }
    const containers = (deployment: Manifest): Manifest[] => [
      ...(deployment.spec.template.spec.initContainers ?? []),
      ...deployment.spec.template.spec.containers,
    ]

    it('makes one manifest of each name', () => {
      for (const manifests of [plain, full]) {
        const names = manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`)
        expect(new Set(names).size).toBe(names.length)
        for (const { apiVersion, kind } of manifests)
          expect([kind, typeof apiVersion]).toEqual([kind, 'string'])
      }
    })

    it('selects the pods that it makes, and no part those of another', () => {
      const deployments = of(full, 'Deployment')
      expect(deployments.map(({ metadata }) => metadata.name)).toEqual([
        'test-leadferry-gateway',
        'test-leadferry-worker-exports',
        'test-leadferry-worker-others',
      ])
      const matches = (selector: object, deployment: Manifest) =>
        Object.entries(selector).every(
          ([name, value]) => deployment.spec.template.metadata.labels[name] === value,
        )
      for (const deployment of deployments)
        expect(deployments.filter((each) => matches(deployment.spec.selector.matchLabels, each))).toEqual([
          deployment,
        ])
      const selectors = [
        ...of(full, 'PodDisruptionBudget').map(({ spec }) => spec.selector.matchLabels),
        ...of(full, 'Service').map(({ spec }) => spec.selector),
      ]
      expect(selectors).toHaveLength(5)
      for (const selector of selectors)
        expect(deployments.filter((each) => matches(selector, each))).toHaveLength(1)
    })

    it('runs as nobody on a read-only root, with limits and probes', () => {
      for (const deployment of of(full, 'Deployment')) {
        const { spec } = deployment.spec.template
        expect(spec.securityContext).toMatchObject({
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
        })
        expect(spec.automountServiceAccountToken).toBe(false)
        for (const container of containers(deployment)) {
          expect(container.securityContext).toEqual({
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          })
          expect(container.resources.limits.memory).toMatch(/^\d+Mi$/)
          expect(container.image).toMatch(/^ghcr\.io\/leadferry\/leadferry-(gateway|worker):0\.1\.0$/)
        }
        const [app] = spec.containers
        const ports = app.ports.map(({ name }: { name: string }) => name)
        for (const probe of ['startupProbe', 'livenessProbe']) {
          expect(app[probe].httpGet.path).toBe('/health/live')
          expect(ports).toContain(app[probe].httpGet.port)
        }
      }
      const [gateway] = one(full, 'Deployment', 'test-leadferry-gateway').spec.template.spec.containers
      expect(gateway.readinessProbe.httpGet).toEqual({ path: '/health/ready', port: 'http' })
    })

    it('gives every variable a name of ours, and the owner’s password to migrations alone', () => {
      const known = Object.keys(variables)
      for (const name of Object.keys(one(full, 'ConfigMap').data)) expect(known).toContain(name)
      for (const deployment of of(full, 'Deployment')) {
        for (const { name: container, env = [], envFrom = [] } of containers(deployment)) {
          const names = env.map(({ name }: { name: string }) => name)
          for (const name of names) expect(known).toContain(name)
          expect(names.includes('MIGRATION_DATABASE_URL')).toBe(container === 'migrate')
          if (container === 'migrate') expect(envFrom).toEqual([])
        }
      }
      // Nothing that is a secret stands in the values.
      const secret = /URL$|KEY|SECRET|TOKEN/
      const values = parse(readFileSync(join(chart, 'values.yaml'), 'utf8')) as { config: object }
      expect(Object.keys(values.config).filter((name) => secret.test(name))).toEqual(['PUBLIC_URL'])
    })

    it('waits for as long as a gateway and a worker take to end', () => {
      const grace = (name: string) =>
        one(full, 'Deployment', `test-leadferry-${name}`).spec.template.spec.terminationGracePeriodSeconds
      expect(grace('gateway')).toBe(10 + 30 + 5)
      expect(grace('worker-exports')).toBe(30 + 13)
    })

    it('serves every queue', () => {
      const served = of(plain, 'Deployment').flatMap((deployment) =>
        (deployment.spec.template.spec.containers[0].env as { name: string; value: string }[])
          .filter(({ name }) => name === 'WORKER_QUEUES')
          .flatMap(({ value }) => value.split(',')),
      )
      expect(served.sort()).toEqual(['archive', 'exports', 'mail'])
    })

    it('scales workers by the age of the oldest of their queues, by either source', () => {
      expect(of(plain, 'ScaledObject')).toEqual([])
      const scaled = one(full, 'ScaledObject')
      expect(scaled.spec.scaleTargetRef.name).toBe('test-leadferry-worker-exports')
      expect(one(full, 'Deployment', 'test-leadferry-worker-exports').spec).not.toHaveProperty('replicas')
      expect(scaled.spec.triggers).toEqual([
        {
          type: 'metrics-api',
          metadata: {
            url: 'http://test-leadferry-gateway-internal.leads:9464/metrics',
            format: 'prometheus',
            valueLocation: 'leadferry_queue_oldest_age_seconds{queue="exports"}',
            targetValue: '30',
          },
        },
      ])
      const { ports } = one(full, 'Service', 'test-leadferry-gateway-internal').spec
      expect(ports).toContainEqual({ name: 'metrics', port: 9464, targetPort: 'metrics' })
      const others = render({ workers: { others: { autoscaling: { enabled: true } } } })
      const { triggers } = one(others, 'ScaledObject').spec
      expect(triggers.map(({ metadata }: Manifest) => metadata.valueLocation)).toEqual([
        'leadferry_queue_oldest_age_seconds{queue="mail"}',
        'leadferry_queue_oldest_age_seconds{queue="archive"}',
      ])
      const asked = one(render({ ...everything, keda: { source: 'prometheus' } }), 'ScaledObject')
      expect(asked.spec.triggers[0].metadata.query).toBe(
        'max(leadferry_queue_oldest_age_seconds{queue="exports"})',
      )
    })

    it('lets nobody in but whom it names, and the admin port nobody at all', () => {
      const [gateway] = of(plain, 'NetworkPolicy', 'test-leadferry-gateway')
      expect(gateway.spec.ingress.flatMap(({ ports }: Manifest) => ports)).toEqual([{ port: 'http' }])
      const opened = one(full, 'NetworkPolicy', 'test-leadferry-gateway')
      expect(opened.spec.ingress.flatMap(({ ports }: Manifest) => ports)).toEqual([
        { port: 'http' },
        { port: 'admin' },
      ])
      const all = one(plain, 'NetworkPolicy', 'test-leadferry')
      expect(all.spec.ingress).toHaveLength(1)
      expect(all.spec.ingress[0].ports).toEqual([{ port: 'metrics' }])
      const closed = render({ networkPolicy: { ingressFrom: [], metricsFrom: [] } })
      for (const { spec } of of(closed, 'NetworkPolicy')) expect(spec.ingress ?? []).toEqual([])
      expect(of(render({ networkPolicy: { enabled: false } }), 'NetworkPolicy')).toEqual([])
    })

    it('puts the rules in as they are', () => {
      const rules = parse(readFileSync(join(chart, 'alerts.yaml'), 'utf8')) as object
      expect(one(full, 'PrometheusRule').spec).toEqual(rules)
      expect(one(full, 'PodMonitor').spec.podMetricsEndpoints).toEqual([{ port: 'metrics', interval: '30s' }])
    })

    it('routes the public port alone', () => {
      const ingress = one(full, 'Ingress')
      expect(ingress.spec.ingressClassName).toBe('nginx')
      expect(ingress.spec.tls).toEqual([{ hosts: ['leads.example.com'], secretName: 'leads-tls' }])
      const { service } = ingress.spec.rules[0].http.paths[0].backend
      expect(one(full, 'Service', service.name).spec.ports).toEqual([
        { name: 'http', port: 80, targetPort: 'http' },
      ])
    })
  },
)
